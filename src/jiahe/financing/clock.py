"""How time runs on an order: which limit is in hand, how much of it is used, what falls due when. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from jiahe.financing.workflow import ORDER_STEPS, Limit, OrderAction
from jiahe.kit import working_days
from jiahe.kit.working_days import Pause

# What was done, and when; the oldest first.
History = Sequence[tuple[OrderAction, datetime]]
_Begun = tuple[Limit, datetime, tuple[Pause, ...]]


class Call(StrEnum):
    """What time brings about, in the order in which it comes."""

    HALF = "half"  # the account manager is reminded
    ANSWER = "answer"  # the enterprise is reminded
    FULL = "full"  # the account manager is reminded again
    BRANCH = "branch"  # the branch administrator, or the nearest one above
    SUPERVISOR = "supervisor"  # the authority
    EXPIRE = "expire"  # the order ends: the enterprise did not answer, or the institution never accepted


OF_THE_ENTERPRISE = frozenset(step.limit for step in ORDER_STEPS.values() if step.enterprise_owes)
# Money that is late is counted in the measures and chases nobody.
MEASURED_ONLY = frozenset({Limit.DISBURSE})


@dataclass(frozen=True)
class Delays:
    """Working days: after how many the enterprise is reminded, and how far past the limit those above are told."""

    enterprise: int
    branch: int
    supervisor: int


@dataclass(frozen=True)
class Clock:
    """A limit in hand. `paused` are the times in which it stood still; `due` comes after them."""

    limit: Limit
    begun: datetime
    due: datetime
    paused: tuple[Pause, ...] = ()

    @property
    def of_the_enterprise(self) -> bool:
        return self.limit in OF_THE_ENTERPRISE

    def used(self, now: datetime) -> timedelta:
        """Working time used, also beyond the limit."""
        return working_days.elapsed(self.begun, now, self.paused)

    @property
    def whole(self) -> timedelta:
        return self.used(self.due)

    def overdue(self, now: datetime) -> bool:
        return now >= self.due

    def calls(self, delays: Delays) -> list[tuple[Call, datetime]]:
        """Everything that falls due if nobody acts, the earliest first."""
        if self.limit in MEASURED_ONLY:
            return []
        if self.of_the_enterprise:
            reminder = working_days.add(self.begun, delays.enterprise)
            return [(Call.ANSWER, reminder)] * (reminder < self.due) + [(Call.EXPIRE, self.due)]
        last = working_days.add(self.due, delays.supervisor)
        return [
            (Call.HALF, self._when(self.whole / 2)),
            (Call.FULL, self.due),
            (Call.BRANCH, working_days.add(self.due, delays.branch)),
            (Call.SUPERVISOR, last),
        ] + [(Call.EXPIRE, last)] * (self.limit is Limit.ACCEPT)

    def fallen_due(self, now: datetime, delays: Delays) -> list[Call]:
        """What should have happened by now; nobody is reminded beforehand of what is over."""
        over = {Call.HALF, Call.ANSWER} if self.overdue(now) else set()
        return [call for call, at in self.calls(delays) if at <= now and call not in over]

    def _when(self, used: timedelta) -> datetime:
        """The moment at which so much is used; the end of the last pause for what was used before it."""
        since = self.paused[-1][1] if self.paused else self.begun
        return working_days.after(since, max(used - self.used(since), timedelta(0)))


def running(history: History, due: datetime | None) -> Clock | None:
    """The clock of a live order from what was done with it; None where no step began a limit, or none runs any more.

    An answer lets the institution's clock go on where it stood.
    """
    standing: _Begun | None = None
    in_hand: _Begun | None = None
    for action, at in history:
        step = ORDER_STEPS[action]
        if step.limit:
            standing = in_hand if step.enterprise_owes else None
            in_hand = (step.limit, at, ())
        elif standing and in_hand:
            limit, begun, paused = standing
            in_hand, standing = (limit, begun, (*paused, (in_hand[1], at))), None
    return Clock(in_hand[0], in_hand[1], due, in_hand[2]) if in_hand and due else None
