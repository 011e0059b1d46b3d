"""Until when a record may be shown and kept, as SQL over the lake's columns (DOMAIN §1.3).

Two clocks run for negative information: publicity (公示), by severity, and retention. Other records are
kept while their subject exists and some years after; that depends on the enterprise and not on the
record, so it is evaluated where the enterprise is known.
"""

from __future__ import annotations

from datetime import date

from jiahe.catalogue import Category, Retention
from jiahe.kit import parameters

SEVERITIES = ("minor", "general", "serious")


def retained_until(category: Category, *, today: date) -> str:
    """A SQL expression of type DATE, NULL where the record ends with its subject."""
    if category.retention is Retention.SUBJECT:
        return "NULL::DATE"
    years = parameters.value("negative_retention_years", on=today)
    return f"(({_start(category)}) + INTERVAL {years} YEAR)::DATE"


def open_until(category: Category, *, today: date) -> str:
    """A SQL expression of type DATE: when publicity ends by itself; NULL where it has no end."""
    if not category.negative or category.severity is None:
        return "NULL::DATE"
    months = [(s, parameters.value(f"publicity_{s}_months", on=today)) for s in SEVERITIES]
    branches = " ".join(f"WHEN '{severity}' THEN INTERVAL {count} MONTH" for severity, count in months)
    return f"(_business_date + CASE {category.severity} {branches} END)::DATE"


def _start(category: Category) -> str:
    """Zhejiang counts from the determination, or from the end of the act where that is later and known."""
    return f"greatest(_business_date, {category.ended_on})" if category.ended_on else "_business_date"


def subject_retained_until(ended_on: date | None, *, today: date) -> date | None:
    """When the records of a deregistered enterprise end; None while it exists."""
    if ended_on is None:
        return None
    years = parameters.value("subject_retention_years", on=today)
    day = 28 if (ended_on.month, ended_on.day) == (2, 29) else ended_on.day
    return ended_on.replace(year=ended_on.year + years, day=day)
