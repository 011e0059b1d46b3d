"""Say, once for each, that time is running out or has run out."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from jiahe.audit.journal import write
from jiahe.financing.actions.step import notice
from jiahe.financing.clock import Call, Clock
from jiahe.financing.enums import Stages
from jiahe.financing.models import Order, Reminder
from jiahe.financing.workflow import STAGE_IN_HAND, Limit, OrderState
from jiahe.kit import clock
from jiahe.kit.actor import Actor
from jiahe.kit.configuration import setting

# Whom a call concerns, and what they are told.
TOLD = {
    Call.HALF: ("institution", "order.half_time"),
    Call.ANSWER: ("enterprise", "order.answer_awaited"),
    Call.FULL: ("institution", "order.full_time"),
    Call.BRANCH: ("above", "order.escalated"),
    Call.SUPERVISOR: ("authority", "order.escalated"),
}


@transaction.atomic
def remind(*, actor: Actor, order: Order, time: Clock, call: Call) -> bool:
    """Answer a call of a clock; False where it was answered, or the order has gone on since the clock was read."""
    held = Order.objects.select_for_update().filter(pk=order.pk, state=order.state, due_at=order.due_at).first()
    if held is None:
        return False
    _row, first = Reminder.objects.get_or_create(
        order=order, limit=time.limit.value, begun=time.begun, call=call.value, defaults={"made_at": clock.now()}
    )
    if first:
        whom, template = TOLD[call]
        stage = Stages(STAGE_IN_HAND[OrderState(order.state)]).label
        notice(whom, template, order.request, order, stage=str(stage))
        if (call, time.limit) == (Call.FULL, Limit.CONTACT):
            notice("enterprise", "order.contact_late", order.request, order, hotline=_hotline(order))
        facts = {"call": call.value, "limit": time.limit.value}
        write(actor=actor, action="order.remind", subject=f"order:{order.number}", facts=facts)
    return first


def _hotline(order: Order) -> str:
    """The institution's, or the platform's where it has none."""
    return order.institution.hotline or setting("JIAHE_HOTLINE") or _("（未公布）")
