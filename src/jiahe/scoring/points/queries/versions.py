"""Versions of the indicator system."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from jiahe.kit import clock
from jiahe.scoring.points.errors import NoSuchSystem
from jiahe.scoring.points.lifecycle import State
from jiahe.scoring.points.models import SystemVersion


def versions() -> QuerySet[SystemVersion]:
    """All of them, the newest first."""
    return SystemVersion.objects.select_related("drafted_by", "committed_by", "published_by", "origin").order_by(
        "-number"
    )


def one(number: int) -> SystemVersion:
    found = versions().filter(number=number).first()
    if found is None:
        raise NoSuchSystem(number=number)
    return found


def published() -> SystemVersion | None:
    return SystemVersion.objects.filter(state=State.PUBLISHED).first()


def in_force() -> SystemVersion | None:
    """The published version on a day for which it holds; without one nobody has points."""
    holds = Q(valid_until=None) | Q(valid_until__gte=clock.today())
    return SystemVersion.objects.filter(holds, state=State.PUBLISHED).first()
