"""Time ends what nobody went on with: an offer that was not chosen, an answer that did not come, a window without takers."""

from __future__ import annotations

from django.db import transaction

from jiahe.consent.actions.end import void
from jiahe.financing.actions.step import finish_if_done, locked, move_request, request_ref
from jiahe.financing.actions.work import ending
from jiahe.financing.enums import OfferState
from jiahe.financing.models import FinancingRequest, Offer, Order
from jiahe.financing.workflow import OrderAction, RequestAction, RequestState
from jiahe.kit.actor import Actor


@transaction.atomic
def expire_order(*, actor: Actor, number: str) -> Order:
    """The system's step for an order whose enterprise, or whose institution before accepting, let its time pass."""
    order = ending(actor, OrderAction.EXPIRE, number)
    Offer.objects.filter(order=order, state=OfferState.OPEN).update(state=OfferState.EXPIRED)
    return order


@transaction.atomic
def close_window(*, actor: Actor, number: str) -> FinancingRequest:
    """The window of an open request ends: with orders it goes underway, without any it has expired."""
    request = locked(FinancingRequest.objects.get(number=number))
    taken = request.orders.exists()
    action = RequestAction.FILL if taken else RequestAction.EXPIRE
    if request.state == RequestState.OPEN:
        move_request(actor=actor, action=action, request=request)
        void(actor=actor, request_ref=request_ref(request))
        finish_if_done(actor=actor, request=request)
    return request
