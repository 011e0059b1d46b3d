"""Complain about how an order is handled, and answer it."""

from __future__ import annotations

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from jiahe.accounts.enums import MembershipState, Role
from jiahe.accounts.models import Membership
from jiahe.audit.journal import write
from jiahe.consent.complaints.enums import ANSWERS, ComplaintState
from jiahe.consent.complaints.errors import AlreadyAnswered, NoSuchComplaint, NotForYou
from jiahe.consent.complaints.text import checked
from jiahe.financing import parties
from jiahe.financing.actions.step import new_number
from jiahe.financing.errors import ComplaintWaits
from jiahe.financing.models import OrderComplaint
from jiahe.financing.parties import user_of
from jiahe.financing.queries.orders import one
from jiahe.financing.workflow import Party
from jiahe.kit import clock, parameters
from jiahe.kit.actor import Actor
from jiahe.notify.inbox import tell


@transaction.atomic
def complain(*, actor: Actor, number: str, text: str) -> OrderComplaint:
    """At any stage; the supervisors are told, and answer by `due_on`. `ComplaintWaits` while one has no answer yet."""
    order = one(actor=actor, number=number)
    parties.require(actor, (Party.MEMBER,), order.request, order)
    now = clock.now()
    days = parameters.value("complaint_answer_days", on=now.date())
    made = OrderComplaint(
        number=new_number("TD", now),
        order=order,
        text=checked(text, _("投诉内容")),
        made_at=now,
        made_by_id=user_of(actor),
        due_on=clock.today() + timedelta(days=days),
    )
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as error:
        raise ComplaintWaits(number=number) from error
    write(actor=actor, action="order.complain", subject=f"order:{number}", facts={"complaint": made.number})
    _tell_supervisors(made)
    return made


@transaction.atomic
def answer(*, actor: Actor, number: str, state: ComplaintState, text: str) -> OrderComplaint:
    """What was found; the first answer counts, and the enterprise is told."""
    if actor.role != Role.SUPERVISOR or state not in ANSWERS:
        raise NotForYou
    kept = checked(text, _("答复"))
    found = OrderComplaint.objects.select_related("order__request").filter(number=number).first()
    if found is None:
        raise NoSuchComplaint(number=number[:24])
    answered = OrderComplaint.objects.filter(pk=found.pk, state=ComplaintState.OPEN).update(
        state=state, answer=kept, answered_at=clock.now(), answered_by_id=user_of(actor)
    )
    if not answered:
        raise AlreadyAnswered(number=number)
    request = found.order.request
    write(actor=actor, action="order.answer_complaint", subject=f"order:{found.order.number}", facts={"state": state})
    link = f"/enterprise/requests/{request.number}/"
    tell(organisation=request.uscc, template="complaint.answered", facts={"number": number}, link=link)
    found.refresh_from_db()
    return found


def _tell_supervisors(made: OrderComplaint) -> None:
    facts = {"number": made.number, "order": made.order.number, "due": f"{made.due_on}"}
    supervisors = Membership.objects.filter(role=Role.SUPERVISOR, state=MembershipState.ACTIVE)
    for organisation, user_id in supervisors.values_list("organisation__code", "user_id"):
        tell(organisation=organisation, template="order.complained", facts=facts, user_id=user_id)
