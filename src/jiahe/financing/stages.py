"""The six public stages of an order, as everybody concerned sees them: who, since when, how long, what comes next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from jiahe.financing.workflow import COMPLETES, LIVE, STAGE_IN_HAND, OrderAction, OrderState, Stage


@dataclass(frozen=True)
class Happened:
    """One event of an order, as far as the stages need it."""

    action: str
    at: datetime
    by: str = ""


@dataclass(frozen=True)
class Step:
    """A stage: `done`, `now`, `next` or `left` (it was never reached and never will be)."""

    stage: Stage
    state: str
    since: datetime | None = None
    until: datetime | None = None
    by: str = ""
    due_at: datetime | None = None


def stages(state: OrderState, events: Iterable[Happened], *, due_at: datetime | None = None) -> list[Step]:
    """The stages of an order in `state` after `events`, the oldest first.

    What was completed stays done, even where the order went back a state for more documents.
    """
    done, begun, since = dict[Stage, Happened](), dict[Stage, datetime](), None
    for event in events:
        since = since or event.at
        completed = COMPLETES.get(OrderAction(event.action), ())
        for stage in completed:
            begun[stage], done[stage] = since, event
        since = event.at if completed else since
    in_hand = STAGE_IN_HAND.get(state) if state in LIVE else None
    return [_step(stage, state, done, begun, in_hand, since, due_at) for stage in Stage]


def _step(
    stage: Stage,
    state: OrderState,
    done: dict[Stage, Happened],
    begun: dict[Stage, datetime],
    in_hand: Stage | None,
    since: datetime | None,
    due_at: datetime | None,
) -> Step:
    if stage is in_hand:
        return Step(stage, "now", since=since, due_at=due_at)
    if event := done.get(stage):
        return Step(stage, "done", since=begun[stage], until=event.at, by=event.by)
    return Step(stage, "next" if state in LIVE else "left")
