"""The numbers that bound a consent, from the parameters in force."""

from __future__ import annotations

from datetime import datetime

from jiahe.consent.enums import ConsentKind, Direction, Purpose
from jiahe.consent.terms import Ceiling
from jiahe.kit import parameters

KINDS = {
    Purpose.PRE_LOAN: ConsentKind.ONE_TIME,
    Purpose.POST_LOAN: ConsentKind.PERIODIC,
    Purpose.RATING: ConsentKind.ONE_TIME,
    Purpose.SUPERVISION: ConsentKind.ONE_TIME,
    Purpose.FEEDBACK: ConsentKind.ONE_TIME,
}


def ceiling(purpose: Purpose, now: datetime) -> Ceiling:
    """The most that a consent for a purpose may ask for today."""
    kind = KINDS[purpose]
    return Ceiling(
        kind=kind.value,
        days=_number(f"consent_{purpose}_days", now),
        lookback_months=_number(f"consent_{purpose}_lookback_months", now),
        data_life_days=_number(f"consent_{purpose}_data_life_days", now),
        per_month=_number(f"consent_{purpose}_per_month", now) if kind is ConsentKind.PERIODIC else None,
    )


def direction(purpose: Purpose) -> Direction:
    return Direction.TO_PLATFORM if purpose is Purpose.FEEDBACK else Direction.TO_INSTITUTION


def use_hours(now: datetime) -> int:
    """How long one use lasts from its first read."""
    return _number("consent_use_hours", now)


def is_strict(now: datetime) -> bool:
    """Whether amounts of tax, income and real estate of natural persons wait for their written consent."""
    return bool(_number("consent_natural_strict", now))


def rest_days(now: datetime) -> int:
    """How long an institution waits after a refusal before it may ask again."""
    return _number("consent_rest_days", now)


def notice_days(now: datetime) -> int:
    """How long before its end an enterprise is told of it."""
    return _number("consent_notice_days", now)


def _number(name: str, now: datetime) -> int:
    return parameters.value(name, on=now.date())
