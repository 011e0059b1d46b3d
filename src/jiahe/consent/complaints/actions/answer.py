"""Answer a complaint: what was found, and whether it was justified."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from jiahe.accounts.enums import Role
from jiahe.audit.journal import write
from jiahe.consent.complaints.enums import ANSWERS, ComplaintState
from jiahe.consent.complaints.errors import AlreadyAnswered, NoSuchComplaint, NotForYou
from jiahe.consent.complaints.models import Complaint
from jiahe.consent.complaints.text import checked
from jiahe.kit import clock
from jiahe.kit.actor import Actor
from jiahe.notify.inbox import tell


@transaction.atomic
def answer(*, actor: Actor, number: str, state: ComplaintState, text: str) -> Complaint:
    """The first answer counts, and the enterprise is told."""
    if actor.role != Role.SUPERVISOR or state not in ANSWERS:
        raise NotForYou
    kept = checked(text, _("答复"))
    complaint = Complaint.objects.filter(number=number).first()
    if complaint is None:
        raise NoSuchComplaint(number=number[:24])
    answered = Complaint.objects.filter(pk=complaint.pk, state=ComplaintState.OPEN).update(
        state=state, answer=kept, answered_at=clock.now(), answered_by_id=actor.user_id
    )
    if not answered:
        raise AlreadyAnswered(number=number)
    write(actor=actor, action="complaints.answer", subject=f"complaint:{number}", facts={"state": state})
    link = "/enterprise/requests/" if complaint.order else ""
    tell(organisation=complaint.uscc, template="complaint.answered", facts={"number": number}, link=link)
    complaint.refresh_from_db()
    return complaint
