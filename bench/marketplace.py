"""`jiahe bench marketplace`: the filter page over 469 products at 50 requests a second, from two server processes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench import machine, paced, shoppers
from bench.contestant import Contestant
from bench.report import report
from bench.served import served
from tests.postgresql import Server

PER_SECOND, SECONDS = 50, 20
PAGE_MS = 50
Say = Callable[[str], None]


def run(_records: int, place: Path, say: Say) -> dict[str, Any]:
    """The number of records plays no part: the shelf is the demonstration's."""
    figures = {"sqlite": _pages({"JIAHE_HOME": str(place / "market"), "DATABASE_URL": ""}, say)}
    server = Server()
    server.start()
    try:
        environment = {"JIAHE_HOME": str(place / "market-postgresql"), "DATABASE_URL": server.new_database()}
        figures["postgresql"] = _pages(environment, say)
    finally:
        server.stop()
    return report(
        "marketplace",
        records=figures["sqlite"]["products"],
        seconds=SECONDS,
        per_second=PER_SECOND,
        **figures,
        budget=f"page p95 ≤ {PAGE_MS} ms at {PER_SECOND} a second",
        within=all(one["p95_ms"] <= PAGE_MS for one in figures.values()),
    )


def _pages(environment: dict[str, str], say: Say) -> dict[str, Any]:
    """Everybody with wishes of their own: the times in which pages came, and what one takes of a processor alone."""
    shopper = Contestant(shoppers.wishes, **environment)
    products, paths = shopper.do(PER_SECOND * SECONDS)[1]
    shopper.end()
    nobody = [""] * len(paths)
    with served(environment) as base:
        paced.ask(base, paths[: PER_SECOND * 2], nobody, per_second=PER_SECOND // 2)
        times = machine.quantiles(paced.ask(base, paths, nobody, per_second=PER_SECOND))
    alone = Contestant(shoppers.processor_seconds, **environment | {"JIAHE_DEMO": "1"})
    spent = machine.quantiles(alone.do(paths[: PER_SECOND * 4])[1])
    alone.end()
    figures = {"products": products, **times, "processor": spent}
    say(str(figures))
    return figures
