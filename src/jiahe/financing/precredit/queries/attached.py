"""What an institution sees of the points that came with a request: under the consent that came with it, and logged."""

from __future__ import annotations

from django.db import transaction

from jiahe.financing.enums import Channel
from jiahe.financing.models import Order
from jiahe.financing.parties import BANKERS
from jiahe.financing.precredit.category import POINTS
from jiahe.financing.precredit.models import Precredit
from jiahe.financing.workflow import READS
from jiahe.kit.actor import Actor
from jiahe.profiles import papers
from jiahe.profiles.enums import Purpose


@transaction.atomic
def attached(*, actor: Actor, order: Order) -> Precredit | None:
    """None before the order is accepted, after it has ended, and where the consent does not stand.

    `order` is one that the actor may see (`queries.orders.one`).
    """
    if order.channel != Channel.POINTS or order.state not in READS or actor.role not in BANKERS:
        return None
    papers.assert_reader(actor)
    consent = papers.consented(actor=actor, serial=order.serial, purpose=Purpose.PRE_LOAN, category=POINTS)
    papers.log(
        actor=actor,
        serial=order.serial,
        uscc=order.request.uscc,
        purpose=Purpose.PRE_LOAN,
        what=POINTS,
        consent=consent.number,
        shown=consent.refusal is None,
    )
    if consent.refusal is not None:
        return None
    return Precredit.objects.select_related("rule", "system").get(request=order.request)
