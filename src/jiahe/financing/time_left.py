"""How much of a time limit is left, in working time: as a share of the whole, and in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from jiahe.financing import limits
from jiahe.financing.workflow import ORDER_STEPS, Limit, OrderState
from jiahe.kit import clock, working_days

# The limit that runs in a state; review goes on under the one that due diligence began.
LIMITS: dict[OrderState, Limit] = {step.end: step.limit for step in ORDER_STEPS.values() if step.limit} | {
    OrderState.REVIEW: Limit.DECIDE
}
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class TimeLeft:
    """`share` is in per cent of the limit, 0 once it is `late`; `time` is what is left, or by how much it is late."""

    due_at: datetime
    share: int
    late: bool
    time: timedelta

    @property
    def text(self) -> str:
        said = worked(self.time)
        return _("已超时 {time}").format(time=said) if self.late else _("剩 {time}").format(time=said)

    @property
    def tone(self) -> str:
        """`late`, `short` in the last quarter, or nothing."""
        return "late" if self.late else "short" if self.share <= 25 else ""


def time_left(limit: Limit, due_at: datetime) -> TimeLeft:
    """What is left now of a limit that ends at a moment."""
    now = clock.now()
    whole = timedelta(days=limits.days(limit, now))
    left = working_days.elapsed(now, due_at)
    late = due_at <= now
    share = 0 if late else min(round(100 * left / whole), 100)
    return TimeLeft(due_at, share, late, working_days.elapsed(due_at, now) if late else left)


def worked(time: timedelta) -> str:
    """Working time in words: days and hours, below one hour minutes."""
    days, rest = divmod(time, timedelta(days=1))
    hours = rest // HOUR
    if days and hours:
        return _("{days} 个工作日 {hours} 小时").format(days=days, hours=hours)
    if days:
        return _("{days} 个工作日").format(days=days)
    return _("{hours} 小时").format(hours=hours) if hours else _("{minutes} 分钟").format(minutes=rest.seconds // 60)
