"""The institution's answer about the credit record, and with a clean one the loan, without further review."""

from __future__ import annotations

from decimal import Decimal

from django.db import IntegrityError, transaction

from jiahe.audit.journal import write
from jiahe.consent.actions.end import void
from jiahe.financing import limits
from jiahe.financing.actions.step import move_order, move_request, notice
from jiahe.financing.actions.work import begin_step
from jiahe.financing.enums import OfferState
from jiahe.financing.models import Offer, Order
from jiahe.financing.parties import user_of
from jiahe.financing.precredit.errors import AlreadyAnswered
from jiahe.financing.precredit.models import Answer, Precredit
from jiahe.financing.refs import request_ref
from jiahe.financing.workflow import Limit, OrderAction, RequestAction
from jiahe.kit import clock
from jiahe.kit.actor import Actor
from jiahe.products.enums import GuaranteeKind


@transaction.atomic
def answer(*, actor: Actor, number: str, clean: bool, authorised: bool) -> Order:
    """Once an order, and never taken back. With `clean` the order waits to be signed on the terms of the rule; without,
    it goes on the ordinary way.

    `authorised` is the institution's word that it asked by itself, with the enterprise's written authorisation.
    """
    order = begin_step(actor, OrderAction.GRANT, number, authorised=authorised)
    now = clock.now()
    try:
        with transaction.atomic():
            Answer.objects.create(order=order, is_clean=clean, answered_at=now, answered_by_id=user_of(actor))
    except IntegrityError as error:
        raise AlreadyAnswered(number=order.number) from error
    write(actor=actor, action="order.credit_answer", subject=f"order:{number}", facts={"clean": clean})
    if clean:
        _grant(actor, order)
    else:
        notice("enterprise", "precredit.ordinary", order.request, order)
    return order


def _grant(actor: Actor, order: Order) -> None:
    request, now = order.request, clock.now()
    assert request.amount is not None
    assert request.term_months is not None
    rule = Precredit.objects.select_related("rule").get(request=request).rule
    Offer.objects.create(
        order=order,
        state=OfferState.ACCEPTED,
        amount=request.amount,
        rate=rule.rate,
        term_months=request.term_months,
        guarantees=[GuaranteeKind.CREDIT.value],
        repayment=rule.repayment,
        fees=Decimal(0),
        valid_until=limits.ends(Limit.SIGN, now),
        made_at=now,
        made_by_id=user_of(actor),
    )
    system = Actor.system(actor.channel)
    move_order(actor=actor, action=OrderAction.GRANT, order=order)
    move_request(actor=system, action=RequestAction.AGREE, request=order.request)
    void(actor=system, request_ref=request_ref(order.request))
