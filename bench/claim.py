"""`jiahe bench claim`: 64 institutions grab the same 1,000 open requests at once, on PostgreSQL; the requests' pages then."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench import grabbers, machine, paced
from bench.contestant import Contestant
from bench.report import report
from bench.served import served
from tests.postgresql import Server

CLIENTS, PROCESSES = 64, 4
REQUESTS = 1_000
OWNERS, PER_SECOND, SECONDS = 50, 50, 20
P99_MS, ATTEMPTS_A_SECOND, PAGE_MS = 200, 1_000, 80
Say = Callable[[str], None]


def run(_records: int, place: Path, say: Say) -> dict[str, Any]:
    """The number of records plays no part: the requests and the institutions are the budget's own numbers."""
    server = Server()
    server.start()
    try:
        return _run({"JIAHE_HOME": str(place / "claims"), "DATABASE_URL": server.url()}, say)
    finally:
        server.stop()


def _run(environment: dict[str, str], say: Say) -> dict[str, Any]:
    settler = Contestant(grabbers.settle, **environment)
    numbers = settler.do(REQUESTS, CLIENTS)[1]
    say(f"{len(numbers):,} open requests, {CLIENTS} institutions")
    processes = [Contestant(grabbers.grab, **environment) for _ in range(PROCESSES)]
    each = CLIENTS // PROCESSES
    for first, process in enumerate(processes):
        process.do([], first * each, 0)  # what is imported and connected once is not timed
    began = time.perf_counter()
    for first, process in enumerate(processes):
        process.start(numbers, first * each, each)
    answers = [answer for process in processes for answer in process.result()[1]]
    seconds = time.perf_counter() - began
    met = Counter(what for what, _ in answers)
    places = settler.do(0, 0)[1]
    page = _pages(environment, say)
    for process in (settler, *processes):
        process.end()
    times = machine.quantiles([spent for _, spent in answers])
    exactly = places == [3] * REQUESTS and met["won"] == 3 * REQUESTS
    known = set(met) <= {"won", "NoPlaceLeft", "TakenByColleagues"}
    return report(
        "claim",
        records=REQUESTS,
        seconds=seconds,
        per_second=round(len(answers) / seconds),
        wins_per_second=round(met["won"] / seconds),
        clients=CLIENTS,
        answers=dict(met),
        page=page,
        exactly_three_each=exactly,
        p50_ms=times["p50_ms"],
        p95_ms=times["p95_ms"],
        p99_ms=times["p99_ms"],
        budget=f"exactly 3 winners each, no other error than 409; p99 ≤ {P99_MS} ms; ≥ {ATTEMPTS_A_SECOND} answers/s; page p95 ≤ {PAGE_MS} ms",
        within=exactly
        and known
        and times["p99_ms"] <= P99_MS
        and len(answers) / seconds >= ATTEMPTS_A_SECOND
        and page["p95_ms"] <= PAGE_MS,
    )


def _pages(environment: dict[str, str], say: Say) -> dict[str, float]:
    """The enterprises look at their requests, three orders each, 50 pages a second."""
    visitor = Contestant(grabbers.owners, **environment)
    pages = visitor.do(OWNERS)[1] * (PER_SECOND * SECONDS // OWNERS)
    visitor.end()
    paths, cookies = [path for path, _ in pages], [cookie for _, cookie in pages]
    with served(environment) as base:
        paced.ask(base, paths[: PER_SECOND * 2], cookies, per_second=PER_SECOND // 2)
        times = machine.quantiles(paced.ask(base, paths, cookies, per_second=PER_SECOND))
    say(str(times))
    return times
