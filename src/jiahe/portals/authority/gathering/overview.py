"""All categories by department, each with how fresh it is against its frequency."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from jiahe.catalogue import load, names
from jiahe.gathering.queries.batch import CategoryFreshness, freshness

STATES = {"late": _("逾期"), "due": _("到期"), "fresh": _("按时"), "never": _("未归集")}
KINDS = {"late": "bad", "due": "due", "fresh": "good", "never": "none"}


@dataclass(frozen=True)
class Entry:
    """One category of a department."""

    code: str
    name: str
    frequency: str
    state: str
    word: str
    kind: str
    loaded_at: datetime | None
    business_date: date | None
    expected_by: date | None


@dataclass(frozen=True)
class Group:
    """A department, and those of its categories that are shown."""

    code: str
    name: str
    entries: tuple[Entry, ...]
    of: int


@dataclass(frozen=True)
class StateCount:
    """How many categories are in a state; the address part that shows only them."""

    state: str
    word: str
    kind: str
    count: int


def overview(only: str = "") -> tuple[list[StateCount], list[Group]]:
    """The counts over everything, and the departments with categories in the state `only` (all where empty)."""
    rows = freshness()
    groups = []
    for department in load().departments:
        own = [row for row in rows if row.category.department == department.code]
        shown = tuple(_entry(row) for row in own if only in ("", row.state))
        if shown:
            groups.append(Group(department.code, names.said(department.name), shown, len(own)))
    return counts(rows), groups


def counts(rows: list[CategoryFreshness]) -> list[StateCount]:
    """What needs attention first."""
    found = Counter(row.state for row in rows)
    return [StateCount(state, str(word), KINDS[state], found[state]) for state, word in STATES.items()]


def _entry(row: CategoryFreshness) -> Entry:
    return Entry(
        code=row.category.code,
        name=names.said(row.category.name),
        frequency=str(names.FREQUENCIES[row.category.frequency]),
        state=row.state,
        word=str(STATES[row.state]),
        kind=KINDS[row.state],
        loaded_at=row.last_loaded_at,
        business_date=row.last_business_date,
        expected_by=row.expected_by,
    )
