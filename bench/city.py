"""`jiahe bench city`: how fast a generated city's department files are written."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench import machine
from bench.deliveries import Scale, generate

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
    return {
        "asked": records,
        "records": scale.records,
        "seconds": round(seconds, 1),
        "records_a_second": round(rate),
        "ratio_to_budget": round(rate / BUDGET, 2),
        "bytes_a_record": round(size / scale.records),
    }
