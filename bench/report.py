"""What every bench says: its own seconds, its peers' in the same run, the ratios, and whether the budget is kept."""

from __future__ import annotations

from typing import Any


def report(
    bench: str,
    *,
    records: int,
    seconds: float,
    budget: str,
    within: bool,
    peers: dict[str, float] | None = None,
    **more: Any,
) -> dict[str, Any]:
    """One object; a ratio is ours divided by theirs. Keys without a value are left out."""
    theirs = peers or {}
    figures: dict[str, Any] = {
        "bench": bench,
        "records": records,
        "seconds": round(seconds, 4),
        "peers": {name: round(value, 4) for name, value in theirs.items()},
        "ratios": {name: round(seconds / value, 2) for name, value in theirs.items()},
        **more,
        "budget": budget,
        "within": within,
    }
    return {key: value for key, value in figures.items() if value not in (None, {})}
