"""`jiahe bench claim`: 64 institutions grab the same 1,000 open requests at once, on PostgreSQL."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench import grabbers, machine
from bench.contestant import Contestant
from bench.report import report
from tests.postgresql import Server

CLIENTS, PROCESSES = 64, 4
REQUESTS = 1_000
P99_MS, ATTEMPTS_A_SECOND = 200, 1_000
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
        exactly_three_each=exactly,
        p50_ms=times["p50_ms"],
        p95_ms=times["p95_ms"],
        p99_ms=times["p99_ms"],
        budget=f"exactly 3 winners each, no other error than 409; p99 ≤ {P99_MS} ms; ≥ {ATTEMPTS_A_SECOND} answers/s",
        within=exactly and known and times["p99_ms"] <= P99_MS and len(answers) / seconds >= ATTEMPTS_A_SECOND,
    )
