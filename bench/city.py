"""`jiahe bench city`: how fast a generated city's department files are written."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench import machine
from bench.deliveries import Scale, generate
from bench.report import report

BUDGET = 300_000
BYTES_A_RECORD = 260


def run(records: int, place: Path, say: Callable[[str], None]) -> dict[str, Any]:
    """Write a whole city once; the budget is 300,000 records a second."""
    room = shutil.disk_usage(place).free - machine.RESERVE_BYTES
    scale = Scale(min(records, room // BYTES_A_RECORD))
    say(f"{scale.records:,} records, {scale.enterprises:,} enterprises")
    seconds = generate(scale, place / "city")
    size = sum(f.stat().st_size for f in (place / "city").rglob("*") if f.is_file())
    shutil.rmtree(place / "city")
    rate = scale.records / seconds
    return report(
        "city",
        records=scale.records,
        seconds=seconds,
        per_second=round(rate),
        bytes_a_record=round(size / scale.records),
        budget=f"≥ {BUDGET:,} records/s",
        within=rate >= BUDGET,
    )
