"""Live orders by their deadlines: what is late, and how much of each time limit is used."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from jiahe.financing.clock import Call, Clock, running
from jiahe.financing.limits import delays
from jiahe.financing.models import Event, Order
from jiahe.financing.queries.orders import visible_to
from jiahe.financing.workflow import LIVE, OrderAction
from jiahe.kit import clock
from jiahe.kit.actor import Actor


@dataclass(frozen=True)
class Deadline:
    """How time stands for an order: the share of its limit that is used, and what comes next if nobody acts."""

    order: Order
    clock: Clock
    share: float
    overdue: bool
    next_call: tuple[Call, datetime] | None


def by_deadline(*, actor: Actor) -> QuerySet[Order]:
    """The live orders that the actor sees, the most urgent first."""
    return visible_to(actor).filter(state__in=LIVE).order_by("due_at", "pk")


def overdue(*, actor: Actor) -> QuerySet[Order]:
    """Those whose institution is late; while the enterprise owes an answer it is not."""
    return by_deadline(actor=actor).filter(due_at__lte=clock.now(), stopped_at=None)


def deadlines(orders: Iterable[Order]) -> Iterator[Deadline]:
    """How time stands for each live order, in one query for all."""
    now = clock.now()
    for order, time in clocks(orders):
        yield Deadline(order, time, time.share(now), time.overdue(now), time.next_call(now, delays(now)))


def clocks(orders: Iterable[Order]) -> Iterator[tuple[Order, Clock]]:
    """The clock of each live order, in one query for all."""
    live = [order for order in orders if order.state in LIVE]
    histories: dict[int | None, list[tuple[OrderAction, datetime]]] = defaultdict(list)
    events = Event.objects.filter(order__in=live).order_by("at", "pk").values_list("order_id", "action", "at")
    for order_id, action, at in events:
        histories[order_id].append((OrderAction(action), at))
    for order in live:
        if time := running(histories[order.pk], order.due_at):
            yield order, time
