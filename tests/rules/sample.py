"""A day, and records as readers meet them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from jiahe.rules import Verdict, evaluate, parse
from jiahe.rules.days import later
from jiahe.rules.values import Facts, Record

TODAY = date(2026, 11, 25)
Data = dict[str, object]  # a rule or a part of it, as JSON


def verdict(data: object, facts: Facts | None = None) -> Verdict:
    return evaluate(parse(data), facts or Facts(), TODAY).verdict


def holding(category: str, *records: Record) -> Facts:
    return Facts(records={category: records})


def monthly(first: date, months: int, item: str, amount: str, every: int = 1) -> list[Record]:
    """A record for each month (or every third) from the first on."""
    return [{"period": later(first, n), item: Decimal(amount)} for n in range(every - 1, months, every)]
