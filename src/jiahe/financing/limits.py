"""The time limits in force, in working days."""

from __future__ import annotations

from datetime import datetime

from jiahe.financing.workflow import Limit
from jiahe.kit import parameters, working_days


def ends(limit: Limit, begun: datetime) -> datetime:
    """When a limit that begins at a moment ends."""
    days = parameters.value(f"limit_{limit}_working_days", on=begun.date())
    return working_days.add(begun, days)
