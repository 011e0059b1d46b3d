"""The loan prime rate: what was quoted, and the rate of a loan that is agreed as a spread over it."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files

# A quote holds until the next, published around the 20th of each month: after so many days one is missing here.
HOLDS = timedelta(days=35)


@dataclass(frozen=True)
class Quote:
    """In per cent a year, as published on a day."""

    on: date
    one_year: Decimal
    five_years: Decimal

    def of(self, term: str) -> Decimal:
        """For `1Y` or `5Y`."""
        return {"1Y": self.one_year, "5Y": self.five_years}[term]


@lru_cache(maxsize=1)
def quotes() -> tuple[Quote, ...]:
    """Every quote that is known, the oldest first."""
    text = (files("jiahe.products") / "lpr.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    known = (Quote(date.fromisoformat(r["date"]), Decimal(r["lpr_1y"]), Decimal(r["lpr_5y"])) for r in rows)
    return tuple(sorted(known, key=lambda quote: quote.on))


def quote(on: date) -> Quote | None:
    """The one in force on a day; None before the first, and when the one of that month is not known."""
    last = max((q for q in quotes() if q.on <= on), key=lambda q: q.on, default=None)
    return last if last and on - last.on < HOLDS else None


def rate(term: str, on: date, spread: int) -> Decimal | None:
    """The annual rate at `spread` basis points over the LPR of a day, in per cent; None where that is not known."""
    found = quote(on)
    return found.of(term) + Decimal(spread) / 100 if found else None
