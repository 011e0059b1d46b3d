"""What recurs with requests and orders: people are reminded, those above told, what is over ends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from django.db.models import Count
from django.utils import translation

from jiahe.financing.actions.expire import close_window, expire_order
from jiahe.financing.actions.remind import remind
from jiahe.financing.clock import Call, Clock
from jiahe.financing.errors import StateChanged, StillInTime
from jiahe.financing.limits import delays
from jiahe.financing.models import FinancingRequest, Order
from jiahe.financing.queries.deadlines import by_deadline, clocks
from jiahe.financing.workflow import RequestState
from jiahe.kit import clock
from jiahe.kit.actor import Actor
from jiahe.kit.configuration import setting
from jiahe.kit.jobs import Schedule, declare
from jiahe.products.actions.popularity import rank

BATCH = 500


def keep_time() -> None:
    """Answer every call that has fallen due; again answers none."""
    now = clock.now()
    wanted = delays(now)
    with translation.override(setting("JIAHE_LANGUAGE")):
        for order, time in _running():
            for call in time.fallen_due(now, wanted):
                _answer(order, time, call)


def _running() -> Iterator[tuple[Order, Clock]]:
    """Every live order with its clock, read a batch at a time."""
    live = by_deadline(actor=Actor.system())
    keys = list(live.values_list("pk", flat=True))
    for at in range(0, len(keys), BATCH):
        yield from clocks(live.filter(pk__in=keys[at : at + BATCH]).prefetch_related("reminders"))


def _answer(order: Order, time: Clock, call: Call) -> None:
    """Unless it was answered before, or the order has gone on in the meantime."""
    if call is Call.EXPIRE:
        with suppress(StateChanged, StillInTime):
            expire_order(actor=Actor.system(), number=order.number)
    elif not any((r.limit, r.begun, r.call) == (time.limit, time.begun, call) for r in order.reminders.all()):
        remind(actor=Actor.system(), order=order, time=time, call=call)


def close_windows() -> None:
    """Go on with every open request whose window is over; again changes nothing."""
    over = FinancingRequest.objects.filter(state=RequestState.OPEN, window_until__lte=clock.now())
    for number in list(over.order_by("pk").values_list("number", flat=True)):
        with translation.override(setting("JIAHE_LANGUAGE")):
            close_window(actor=Actor.system(), number=number)


def count_applications() -> None:
    """Tell the marketplace how often each product was applied for; drafts are nobody's application."""
    sent = FinancingRequest.objects.exclude(state=RequestState.DRAFT).exclude(product=None)
    counted = sent.values_list("product__product__number").annotate(Count("pk"))
    rank(actor=Actor.system(), applications=dict(counted))


declare(Schedule("financing: applications", "jiahe.financing.tasks.count_applications", "20 2 * * *"))
declare(Schedule("financing: clock", "jiahe.financing.tasks.keep_time", "*/5 * * * *"))
declare(Schedule("financing: windows", "jiahe.financing.tasks.close_windows", "*/5 * * * *"))
