"""The one place that asks what time it is."""

from __future__ import annotations

import os
from datetime import date, datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """Aware time in the city's zone; JIAHE_NOW (ISO 8601) fixes it for tests and demonstrations."""
    fixed = os.environ.get("JIAHE_NOW")
    return datetime.fromisoformat(fixed).replace(tzinfo=ZONE) if fixed else datetime.now(ZONE)


def today() -> date:
    return now().date()
