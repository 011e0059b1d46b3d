"""What recurs in the lake."""

from __future__ import annotations

from jiahe.catalogue import load
from jiahe.kit.jobs import Schedule, declare, enqueue
from jiahe.lake.compaction import compact, vacuum


def compact_all() -> None:
    """One job for each category, so that one that fails does not stop the others."""
    for code in load().categories:
        enqueue("jiahe.lake.tasks.compact_one", code)


def compact_one(code: str) -> None:
    """Merge small files and remove what nobody reads; again does nothing."""
    category = load().categories[code]
    compact(category)
    vacuum(category)


declare(Schedule("lake: compaction", "jiahe.lake.tasks.compact_all", "15 3 * * *"))
