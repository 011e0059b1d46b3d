"""A department's own categories and deliveries, as its pages show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from jiahe.catalogue import load, names
from jiahe.gathering.models import Batch, BatchState
from jiahe.gathering.queries.batch import CategoryFreshness, freshness

FRESHNESS = {
    "late": (_("逾期"), "bad"),
    "due": (_("到期"), "due"),
    "fresh": (_("按时"), "good"),
    "never": (_("未归集"), "none"),
}
STATES = {
    BatchState.RUNNING: "info",
    BatchState.DONE: "good",
    BatchState.REFUSED: "bad",
    BatchState.INTERRUPTED: "due",
}


@dataclass(frozen=True)
class Feed:
    """One category, and how punctual its deliveries are."""

    name: str
    frequency: str
    word: str
    kind: str
    row: CategoryFreshness


@dataclass(frozen=True)
class Line:
    """One delivery."""

    batch: Batch
    category: str
    kind: str


def feeds(department: str) -> list[Feed]:
    return [_feed(row) for row in freshness() if row.category.department == department]


def _feed(row: CategoryFreshness) -> Feed:
    word, kind = FRESHNESS[row.state]
    category = row.category
    return Feed(names.said(category.name), str(names.FREQUENCIES[category.frequency]), str(word), kind, row)


def batches(department: str) -> QuerySet[Batch]:
    """What the department itself delivered, the newest first."""
    own = [c.code for c in load().categories.values() if c.department == department]
    return Batch.objects.filter(category__in=own, outside="").order_by("-id")


def lines(found: Iterable[Batch]) -> list[Line]:
    return [line(b) for b in found]


def line(batch: Batch) -> Line:
    return Line(batch, names.said(load().categories[batch.category].name), STATES[BatchState(batch.state)])
