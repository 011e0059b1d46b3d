"""Batches of the ledger as rows of a table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from jiahe.catalogue import Category, load, names
from jiahe.gathering.models import Batch, BatchState

KINDS = {
    BatchState.RUNNING: "info",
    BatchState.DONE: "good",
    BatchState.REFUSED: "bad",
    BatchState.INTERRUPTED: "due",
}


@dataclass(frozen=True)
class Line:
    """One batch, with the names of its category and department."""

    batch: Batch
    category: str
    department: str
    kind: str


def line(batch: Batch) -> Line:
    category = load().categories.get(batch.category)
    return Line(
        batch=batch,
        category=names.said(category.name) if category else batch.category,
        department=_supplier(batch, category),
        kind=KINDS[BatchState(batch.state)],
    )


def _supplier(batch: Batch, category: Category | None) -> str:
    """The category's department, or whose the source is where it is none's."""
    if batch.outside:
        return f"{batch.get_outside_display()} · {batch.source}"
    return names.source(category) if category else batch.source


def lines(batches: Iterable[Batch]) -> list[Line]:
    return [line(batch) for batch in batches]
