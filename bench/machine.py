"""On what, and when, was it measured; and is there room for it."""

from __future__ import annotations

import os
import platform
import shutil
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

# Lake, documents, one category's files and a peer's copy, at the most that was met.
BYTES_A_RECORD = 190
RESERVE_BYTES = 2 * 1024**3


def facts() -> dict[str, Any]:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    return {
        "date": date.today().isoformat(),  # noqa: DTZ011 - the day on the machine's calendar is meant
        "cores": os.cpu_count(),
        "memory_gib": round(memory, 1),
        "python": platform.python_version(),
        "duckdb": version("duckdb"),
        "deltalake": version("deltalake"),
    }


def size_that_fits(records: int, place: Path) -> int:
    """The records asked for, or as many as the free disk holds."""
    room = shutil.disk_usage(place).free - RESERVE_BYTES
    return max(0, min(records, room // BYTES_A_RECORD))


def drop_page_cache() -> bool:
    """Forget what was read from disk; False where that needs more rights than we have."""
    os.sync()
    try:
        Path("/proc/sys/vm/drop_caches").write_text("3\n", encoding="ascii")
    except OSError:
        return False
    return True


def quantiles(seconds: list[float]) -> dict[str, float]:
    """p50, p95 and p99 in milliseconds."""
    ordered = sorted(seconds)
    return {f"p{q}_ms": round(ordered[min(len(ordered) - 1, len(ordered) * q // 100)] * 1000, 2) for q in (50, 95, 99)}
