"""The time limits in force, in working days."""

from __future__ import annotations

from datetime import datetime

from jiahe.financing.clock import Delays
from jiahe.financing.workflow import Limit
from jiahe.kit import parameters, working_days


def days(limit: Limit, begun: datetime) -> int:
    """How many working days a limit has that begins at a moment."""
    return parameters.value(f"limit_{limit}_working_days", on=begun.date())


def ends(limit: Limit, begun: datetime) -> datetime:
    """When a limit that begins at a moment ends."""
    return working_days.add(begun, days(limit, begun))


def delays(now: datetime) -> Delays:
    """When people are reminded, and those above told."""
    names = ("remind_enterprise", "escalate_branch", "escalate_supervisor")
    return Delays(*(parameters.value(f"{name}_working_days", on=now.date()) for name in names))
