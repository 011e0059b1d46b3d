"""The enterprise's choice: one offer taken, the others declined in the same transaction; or everything taken back."""

from __future__ import annotations

from django.db import transaction

from jiahe.consent.actions.end import void
from jiahe.financing import parties
from jiahe.financing.actions.step import locked, move_order, move_request
from jiahe.financing.actions.work import begin_step, ending
from jiahe.financing.enums import OfferState
from jiahe.financing.models import FinancingRequest, Offer, Order
from jiahe.financing.queries.requests import one
from jiahe.financing.refs import request_ref
from jiahe.financing.workflow import LIVE, REQUEST_STEPS, OrderAction, OrderState, RequestAction, order_actions
from jiahe.kit.actor import Actor


@transaction.atomic
def choose(*, actor: Actor, number: str) -> Order:
    """Take the offer of an order. Of the request's other orders those with an offer are declined, the rest withdrawn."""
    order = begin_step(actor, OrderAction.CHOOSE, number)
    system = Actor.system(actor.channel)
    Offer.objects.filter(order=order).update(state=OfferState.ACCEPTED)
    move_order(actor=actor, action=OrderAction.CHOOSE, order=order)
    move_request(actor=system, action=RequestAction.AGREE, request=order.request)
    for other in order.request.orders.filter(state__in=LIVE).exclude(pk=order.pk).order_by("pk"):
        _let_go(actor, other)
    void(actor=system, request_ref=request_ref(order.request))
    return order


def _let_go(actor: Actor, order: Order) -> None:
    declines = OrderAction.DECLINE in order_actions(OrderState(order.state))
    move_order(actor=actor, action=OrderAction.DECLINE if declines else OrderAction.WITHDRAW, order=order)
    Offer.objects.filter(order=order, state=OfferState.OPEN).update(state=OfferState.DECLINED)


@transaction.atomic
def decline(*, actor: Actor, number: str) -> Order:
    """Say no to one offer; the other orders go on."""
    order = ending(actor, OrderAction.DECLINE, number)
    Offer.objects.filter(order=order, state=OfferState.OPEN).update(state=OfferState.DECLINED)
    return order


@transaction.atomic
def withdraw_order(*, actor: Actor, number: str) -> Order:
    """Take the request back from one institution."""
    order = ending(actor, OrderAction.WITHDRAW, number)
    Offer.objects.filter(order=order).exclude(state=OfferState.DECLINED).update(state=OfferState.DECLINED)
    return order


@transaction.atomic
def withdraw(*, actor: Actor, number: str) -> FinancingRequest:
    """Take the whole request back, as long as no offer was accepted: every order and every consent with it ends."""
    request = one(actor=actor, number=number)
    parties.require(actor, REQUEST_STEPS[RequestAction.WITHDRAW].who, request)
    request = locked(request)
    move_request(actor=actor, action=RequestAction.WITHDRAW, request=request)
    for order in request.orders.filter(state__in=LIVE).order_by("pk"):
        _let_go(actor, order)
    void(actor=Actor.system(actor.channel), request_ref=request_ref(request))
    return request
