"""What an enterprise without a score lacks, and what would change it."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from jiahe.profiles import derived
from jiahe.scoring.eligibility import HISTORIES
from jiahe.scoring.features import words
from jiahe.scoring.models import Told, Unscored
from jiahe.scoring.telling import least


@dataclass(frozen=True)
class Months:
    """A record and how many months of it there are."""

    name: str
    months: int


@dataclass(frozen=True)
class Lacking:
    """`old_enough_on` of one that is too young; `records` of one with too little data, one of which must reach `needed`."""

    why: Unscored
    age: int
    old_enough_on: date | None
    needed: int
    records: tuple[Months, ...]


def lacking(told: Told, made: Mapping[str, Told], established_on: date | None) -> Lacking:
    wanted, why = least(told.as_of), Unscored(told.unscored)
    old_enough_on = _after(established_on, wanted.age) if why is Unscored.YOUNG and established_on else None
    known = derived.known(made, HISTORIES) if why is Unscored.THIN else {}
    records = tuple(Months(words.name(code), known.get(code) or 0) for code in HISTORIES if why is Unscored.THIN)
    return Lacking(why, wanted.age, old_enough_on, wanted.history, records)


def _after(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
