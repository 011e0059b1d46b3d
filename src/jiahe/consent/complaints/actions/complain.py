"""Complain about a reading of one's own data."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from jiahe.accounts.enums import ROLES, MembershipState, OrganisationKind, Role
from jiahe.accounts.models import Membership
from jiahe.audit.journal import write
from jiahe.audit.models import AccessLog
from jiahe.consent.complaints.errors import AlreadyComplained, NoSuchReading, NotForYou
from jiahe.consent.complaints.models import Complaint
from jiahe.consent.complaints.text import checked
from jiahe.kit import clock, parameters
from jiahe.kit.actor import Actor
from jiahe.notify.inbox import tell


@transaction.atomic
def complain(*, actor: Actor, reading: str, text: str) -> Complaint:
    """One complaint a reading; the authority is told, and answers by `due_on`.

    `NoSuchReading` for a reading that is not of the actor's enterprise, `AlreadyComplained` for the second.
    """
    if actor.role not in ROLES[OrganisationKind.ENTERPRISE] or actor.user_id is None:
        raise NotForYou
    if not AccessLog.objects.filter(uid=reading, uscc=actor.organisation).exists():
        raise NoSuchReading
    now = clock.now()
    days = parameters.value("complaint_answer_days", on=now.date())
    complaint = Complaint(
        number=f"TS{now:%Y%m%d}{secrets.token_hex(6).upper()}",
        uscc=actor.organisation,
        reading=reading,
        text=checked(text, _("投诉内容")),
        made_at=now,
        made_by_id=actor.user_id,
        due_on=now.date() + timedelta(days=days),
    )
    try:
        with transaction.atomic():
            complaint.save(force_insert=True)
    except IntegrityError as error:
        raise AlreadyComplained from error
    write(
        actor=actor, action="complaints.complain", subject=f"complaint:{complaint.number}", facts={"reading": reading}
    )
    _tell_supervisors(complaint)
    return complaint


def _tell_supervisors(complaint: Complaint) -> None:
    facts = {"number": complaint.number, "due": f"{complaint.due_on}"}
    supervisors = Membership.objects.filter(role=Role.SUPERVISOR, state=MembershipState.ACTIVE)
    for organisation, user_id in supervisors.values_list("organisation__code", "user_id"):
        tell(organisation=organisation, template="complaint.made", facts=facts, user_id=user_id)
