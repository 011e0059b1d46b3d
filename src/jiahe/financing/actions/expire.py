"""Time ends what nobody went on with: an offer that was not chosen, an answer that did not come, a window without takers."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from jiahe.consent.actions.end import void
from jiahe.financing import limits
from jiahe.financing.actions.redispatch import hand_on, hand_to_matches, reopen
from jiahe.financing.actions.step import finish_if_done, locked, move_request
from jiahe.financing.actions.work import begin_step, ending
from jiahe.financing.clock import Call
from jiahe.financing.enums import OfferState
from jiahe.financing.errors import StillInTime
from jiahe.financing.models import FinancingRequest, Offer, Order
from jiahe.financing.queries.deadlines import clocks
from jiahe.financing.refs import request_ref
from jiahe.financing.workflow import LIVE, OrderAction, OrderState, RequestAction, RequestState
from jiahe.kit import clock
from jiahe.kit.actor import Actor


@transaction.atomic
def expire_order(*, actor: Actor, number: str) -> Order:
    """End an order whose enterprise, or whose institution before accepting, let its time pass; `StillInTime` before.

    What no institution accepted is handed to another.
    """
    order = begin_step(actor, OrderAction.EXPIRE, number)
    until = _ends(order)
    if clock.now() < until:
        raise StillInTime(number=number, until=f"{until.astimezone(clock.ZONE):%Y-%m-%d %H:%M}")
    then = hand_on if order.state == OrderState.DISPATCHED else None
    order = ending(actor, OrderAction.EXPIRE, number, then=then)
    Offer.objects.filter(order=order, state=OfferState.OPEN).update(state=OfferState.EXPIRED)
    return order


def _ends(order: Order) -> datetime:
    [(_order, time)] = clocks([order])
    return dict(time.calls(limits.delays(clock.now())))[Call.EXPIRE]


@transaction.atomic
def close_window(*, actor: Actor, number: str) -> FinancingRequest:
    """What becomes of an open request whose window is over; before that, nothing.

    With an institution at work it goes underway. Without, it is handed to the best matches; where there are none, it
    opens again and the authority is told; where nobody is left, it ends.
    """
    request = locked(FinancingRequest.objects.get(number=number))
    if request.state != RequestState.OPEN or request.window_until is None or clock.now() < request.window_until:
        return request
    if request.orders.filter(state__in=LIVE).exists():
        _close(actor, request, RequestAction.FILL)
    elif not hand_to_matches(request) and not reopen(request):
        _close(actor, request, RequestAction.FILL if request.orders.exists() else RequestAction.EXPIRE)
    request.refresh_from_db()
    return request


def _close(actor: Actor, request: FinancingRequest, action: RequestAction) -> None:
    """No further institution comes in: the consents that wait for one are void."""
    move_request(actor=actor, action=action, request=request)
    void(actor=actor, request_ref=request_ref(request))
    finish_if_done(actor=actor, request=request)
