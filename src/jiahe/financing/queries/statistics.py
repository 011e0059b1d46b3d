"""How an institution handles its orders: where they stand, how fast it is, what came of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import QuerySet

from jiahe.financing.enums import Stages
from jiahe.financing.models import Event, Order, Tranche
from jiahe.financing.queries.orders import visible_to
from jiahe.financing.time_left import worked
from jiahe.financing.workflow import LIVE, STAGE_IN_HAND, OrderAction, OrderState, Stage
from jiahe.kit.actor import Actor
from jiahe.kit.working_days import Pause, elapsed

NOT_ACCEPTED = (OrderState.REFUSED, OrderState.RETURNED, OrderState.EXPIRED)
DECISIONS = (OrderAction.OFFER, OrderAction.GRANT, OrderAction.REFUSE)
READ = (OrderAction.HAND_OUT, OrderAction.ASK_MORE, OrderAction.SUPPLY, *DECISIONS)


@dataclass(frozen=True)
class Figures:
    """Of the orders of one branch, one person, or all of them; times are working time.

    `acceptance` is the share of the orders handed out and no longer waiting that were accepted: what was grabbed, and
    what the enterprise took back before, counts on neither side. `to_decide` runs from acceptance to the offer or the
    refusal, without the time in which the enterprise owed an answer. `given_up` are grabbed orders that were returned.
    """

    name: str
    orders: int
    stages: dict[Stage, int]
    acceptance: float | None
    to_accept: timedelta | None
    to_decide: timedelta | None
    disbursed: Decimal
    given_up: int

    @property
    def by_stage(self) -> list[tuple[str, int]]:
        return [(str(Stages(stage).label), count) for stage, count in self.stages.items()]

    @property
    def accept_said(self) -> str:
        return _said(self.to_accept)

    @property
    def decide_said(self) -> str:
        return _said(self.to_decide)


def _said(time: timedelta | None) -> str:
    return "—" if time is None else worked(time)


@dataclass(frozen=True)
class Statistics:
    total: Figures
    branches: list[Figures]
    managers: list[Figures]


@dataclass
class _Course:
    """What the measures need of one order."""

    order: Order
    handed_out: bool = False
    decided_at: datetime | None = None
    pauses: list[Pause] = field(default_factory=list)
    asked_at: datetime | None = None
    disbursed: Decimal = Decimal(0)


def statistics(*, actor: Actor, since: datetime) -> Statistics:
    """Of the orders that the actor may see and that came in since a moment. A branch or person without a name is ""."""
    courses = _courses(visible_to(actor).filter(created_at__gte=since))
    branches, managers = defaultdict(list), defaultdict(list)
    for course in courses:
        branch, manager = course.order.branch, course.order.manager
        branches[branch.name if branch else "", course.order.branch_id].append(course)
        managers[manager.name if manager else "", course.order.manager_id].append(course)
    return Statistics(
        _figures("", courses),
        [_figures(name, branches[name, key]) for name, key in sorted(branches, key=str)],
        [_figures(name, managers[name, key]) for name, key in sorted(managers, key=str)],
    )


def _courses(orders: QuerySet[Order]) -> list[_Course]:
    found = {order.pk: _Course(order) for order in orders}
    events = Event.objects.filter(order__in=orders.order_by().values("pk"), action__in=READ).order_by("pk")
    for pk, action, at in events.values_list("order_id", "action", "at"):
        if pk in found:
            _follow(found[pk], OrderAction(action), at)
    paid = Tranche.objects.filter(order__in=orders.order_by().values("pk")).values_list("order_id", "amount")
    for pk, amount in paid:
        if pk in found:
            found[pk].disbursed += amount
    return list(found.values())


def _follow(course: _Course, action: OrderAction, at: datetime) -> None:
    if action is OrderAction.HAND_OUT:
        course.handed_out = True
    elif action is OrderAction.ASK_MORE:
        course.asked_at = at
    elif action is OrderAction.SUPPLY and course.asked_at:
        course.pauses.append((course.asked_at, at))
        course.asked_at = None
    elif action in DECISIONS:
        course.decided_at = at
        if course.asked_at:  # refused while the enterprise owed its answer
            course.pauses.append((course.asked_at, at))


def _figures(name: str, courses: Sequence[_Course]) -> Figures:
    stages = Counter(STAGE_IN_HAND[OrderState(c.order.state)] for c in courses if c.order.state in LIVE)
    accepted = [c for c in courses if c.handed_out and c.order.accepted_at]
    missed = [c for c in courses if c.handed_out and not c.order.accepted_at and c.order.state in NOT_ACCEPTED]
    decided = [c for c in courses if c.order.accepted_at and c.decided_at]
    known = len(accepted) + len(missed)
    return Figures(
        name=name,
        orders=len(courses),
        stages={stage: stages[stage] for stage in Stage},
        acceptance=len(accepted) / known if known else None,
        to_accept=_median(elapsed(c.order.created_at, c.order.accepted_at) for c in accepted if c.order.accepted_at),
        to_decide=_median(
            elapsed(c.order.accepted_at, c.decided_at, c.pauses)
            for c in decided
            if c.order.accepted_at and c.decided_at
        ),
        disbursed=sum((c.disbursed for c in courses), Decimal(0)),
        given_up=sum(not c.handed_out and c.order.state == OrderState.RETURNED for c in courses),
    )


def _median(times: Iterable[timedelta]) -> timedelta | None:
    """The middle one; of two in the middle the mean."""
    found = sorted(times)
    half = len(found) // 2
    return (found[half] + found[~half]) / 2 if found else None
