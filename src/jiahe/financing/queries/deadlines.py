"""Live orders by their deadlines: which come first, which are late, and the clock of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db.models import Q, QuerySet

from jiahe.financing.clock import Clock, running
from jiahe.financing.models import Event, Order
from jiahe.financing.queries.orders import visible_to
from jiahe.financing.workflow import LIVE, OrderAction
from jiahe.kit import clock
from jiahe.kit.actor import Actor


def late() -> Q:
    """What the institution is late with; while the enterprise owes an answer the time is the enterprise's."""
    return Q(due_at__lte=clock.now(), stopped_at=None)


def by_deadline(*, actor: Actor) -> QuerySet[Order]:
    """The live orders that the actor sees, the most urgent first."""
    return visible_to(actor).filter(state__in=LIVE).order_by("due_at", "pk")


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
