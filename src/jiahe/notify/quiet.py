"""Quiet hours: when people are not disturbed."""

from __future__ import annotations

from datetime import datetime, timedelta


def awake(moment: datetime, *, quiet_from: int, quiet_until: int) -> datetime:
    """The moment itself, or the end of the quiet hours that it falls into.

    Quiet from one full hour up to another, across midnight where the first is the later one; none where both are equal.
    """
    today = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    across = quiet_from > quiet_until
    for day in (today - timedelta(days=1), today):
        begins = day + timedelta(hours=quiet_from)
        ends = day + timedelta(days=int(across), hours=quiet_until)
        if begins <= moment < ends:
            return ends
    return moment
