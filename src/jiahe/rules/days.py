"""Days that a rule names in words: relative ones, windows, ages."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from jiahe.rules.model import Relative, Unit, Window

YEAR = 12


@dataclass(frozen=True)
class Span:
    """From the first day to the last, both included."""

    first: date
    last: date

    @property
    def months(self) -> list[date]:
        """The first days of its months."""
        count = (self.last.year - self.first.year) * YEAR + self.last.month - self.first.month + 1
        start = self.first.replace(day=1)
        return [later(start, n) for n in range(count)]


def later(day: date, months: int) -> date:
    """The same day so many months later (earlier where negative), or the last one of a month that is too short."""
    years, month = divmod(day.month - 1 + months, YEAR)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def age_months(since: date, today: date) -> int:
    """Full months; the day of the month counts as such, so that one of 31 January is complete on 1 March."""
    return (today.year - since.year) * YEAR + today.month - since.month - (since.day > today.day)


def resolved(day: Relative, today: date) -> date:
    if day.unit is Unit.DAYS:
        return today + timedelta(days=day.count)
    return later(today, day.count * (YEAR if day.unit is Unit.YEARS else 1))


def length(window: Window) -> int:
    """In months."""
    return window.count * (YEAR if window.unit is Unit.YEARS else 1)


def span(window: Window, today: date, known: date | None = None) -> Span:
    """The window's days. `known`: of records by the month, the last month whose records have usually come."""
    if window.unit is Unit.YEARS:
        return Span(date(today.year - window.count, 1, 1), date(today.year - 1, 12, 31))
    if known is not None:
        return Span(later(known, 1 - window.count), later(known, 1) - timedelta(days=1))
    return Span(later(today, -window.count) + timedelta(days=1), today)


def year_before(window: Window) -> int:
    """How many months earlier the window lies that a growth year on year compares with; windows never overlap."""
    return max(YEAR, length(window))
