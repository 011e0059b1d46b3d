"""Complain about how an order is handled, at any stage."""

from __future__ import annotations

from django.db import transaction

from jiahe.consent.complaints.actions.complain import complain_about
from jiahe.consent.complaints.errors import AlreadyComplained
from jiahe.consent.complaints.models import Complaint
from jiahe.financing import parties
from jiahe.financing.errors import ComplaintWaits
from jiahe.financing.queries.orders import one
from jiahe.financing.workflow import Party
from jiahe.kit.actor import Actor


@transaction.atomic
def complain(*, actor: Actor, number: str, text: str) -> Complaint:
    """One that waits for its answer at a time: `ComplaintWaits` for the next."""
    order = one(actor=actor, number=number)
    parties.require(actor, (Party.MEMBER,), order.request, order)
    try:
        return complain_about(actor=actor, text=text, order=order.number)
    except AlreadyComplained as error:
        raise ComplaintWaits(number=number) from error
