"""`jiahe bench door`: what the one door adds to the store, ten thousand enterprises at once, and pages at 50 a second."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench import gather, machine, ours, paced, visitors
from bench.contestant import Contestant
from bench.creditfile import LOADED, on_postgresql
from bench.deliveries import SEED, Scale, delivered
from bench.report import report
from bench.served import served
from jiahe.catalogue import load
from tests.postgresql import Server

READS, WARM_UP = 500, 50
BATCH = 10_000
PER_SECOND, SECONDS = 50, 20
LOADED_RECORDS = 2_000_000
ADDED_MS, BATCH_SECONDS, PAGE_MS = 3, 10, 100
Say = Callable[[str], None]


def run(records: int, place: Path, say: Say) -> dict[str, Any]:
    """In a home gathered before below `place`, which is made where it is missing."""
    if not (place / "home").exists():
        gather.run(records, place, say)
    sqlite = {"JIAHE_HOME": str(place / "home"), "DATABASE_URL": ""}
    figures: dict[str, Any] = {"sqlite": _reads(sqlite, say)}
    server = Server()
    server.start()
    try:
        environment, _ = on_postgresql(server, place, say)
        figures["postgresql"] = _reads(environment, say)
        figures["pages"] = _pages(environment, place, say)
    finally:
        server.stop()
    both = figures["sqlite"], figures["postgresql"]
    kept = all(f["added"]["p95_ms"] <= ADDED_MS and f["batch"]["seconds"] <= BATCH_SECONDS for f in both)
    paged = all(one["p95_ms"] <= PAGE_MS for one in figures["pages"].values())
    return report(
        "door",
        records=records,
        seconds=figures["postgresql"]["batch"]["seconds"],
        **figures,
        budget=f"added p95 ≤ {ADDED_MS} ms; batch ≤ {BATCH_SECONDS} s; page p95 ≤ {PAGE_MS} ms at {PER_SECOND} a second",
        within=kept and paged,
    )


def _reads(environment: dict[str, str], say: Say) -> dict[str, Any]:
    settler = Contestant(visitors.settle, **environment)
    everybody = settler.do()[1]
    settler.end()
    chosen = random.Random(SEED).sample(everybody, min(READS, len(everybody)))
    reader = Contestant(visitors.read_each, **environment)
    reader.do(chosen[:WARM_UP])
    figures: dict[str, Any] = {"enterprises": len(everybody)}
    for name, section in (("", visitors.SECTION), ("_whole", "")):
        pairs = reader.do(chosen, section)[1]
        figures[f"store{name}"] = machine.quantiles([store for store, _ in pairs])
        figures[f"door{name}"] = machine.quantiles([door for _, door in pairs])
        figures[f"added{name}"] = machine.quantiles([door - store for store, door in pairs])
    reader.end()
    many = Contestant(visitors.read_many, **environment)
    many.do([code for code, _ in everybody[:100]])
    seconds, counts = many.do([code for code, _ in everybody[:BATCH]])
    figures["batch"] = {"seconds": round(seconds, 2), **counts, "peak_mib": round(many.end())}
    say(str(figures))
    return figures


def _pages(environment: dict[str, str], place: Path, say: Say) -> dict[str, Any]:
    visitor = Contestant(visitors.session, **environment)
    cookies = visitor.do()[1:] * (PER_SECOND * SECONDS)
    visitor.end()
    asker = Contestant(ours.enterprises, **environment)
    codes = [code for code, _ in asker.do()[1]]
    asker.end()
    chosen = random.Random(SEED).choices(codes, k=PER_SECOND * SECONDS)
    paths = [f"/bank/enterprises/{code}/pre_loan/{visitors.SECTION}/" for code in chosen]
    figures: dict[str, Any] = {}
    with served(environment) as base:
        paced.ask(base, paths[: PER_SECOND * 2], cookies, per_second=PER_SECOND // 2)
        figures["alone"] = machine.quantiles(paced.ask(base, paths, cookies, per_second=PER_SECOND))
        say(str(figures))
        with delivered(Scale(LOADED_RECORDS), place, load().categories[LOADED]) as files:
            if files:
                loader = Contestant(ours.gather_behind, **environment)
                loader.start(LOADED, files.paths, False)
                figures["while_loading"] = machine.quantiles(paced.ask(base, paths, cookies, per_second=PER_SECOND))
                loader.result()
                loader.end()
    say(str(figures))
    return figures
