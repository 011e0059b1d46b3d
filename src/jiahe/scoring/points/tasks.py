"""What recurs with credit points: every night they rest on the newest records."""

from __future__ import annotations

from jiahe.kit import clock
from jiahe.kit.jobs import Schedule, declare
from jiahe.scoring.points.actions.refresh import refresh


def refresh_points() -> None:
    refresh(as_of=clock.today())


declare(Schedule("points: refresh", "jiahe.scoring.points.tasks.refresh_points", "40 3 * * *"))
