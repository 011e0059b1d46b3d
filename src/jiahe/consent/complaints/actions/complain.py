"""Complain about a reading of one's own data, or about how an order is handled."""

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
    """About a reading, once. `NoSuchReading` for one that is not of the actor's enterprise; else as `complain_about`."""
    _person(actor)
    if not AccessLog.objects.filter(uid=reading, uscc=actor.organisation).exists():
        raise NoSuchReading
    return complain_about(actor=actor, text=text, reading=reading)


@transaction.atomic
def complain_about(*, actor: Actor, text: str, reading: str = "", order: str = "") -> Complaint:
    """About what its caller found to be the actor's enterprise's; the supervisors are told, and answer by `due_on`.

    `AlreadyComplained` for the second, `NotForYou` for whoever acts for no enterprise.
    """
    user_id = _person(actor)
    now = clock.now()
    days = parameters.value("complaint_answer_days", on=now.date())
    complaint = Complaint(
        number=f"TS{now:%Y%m%d}{secrets.token_hex(6).upper()}",
        uscc=actor.organisation,
        reading=reading,
        order=order,
        text=checked(text, _("投诉内容")),
        made_at=now,
        made_by_id=user_id,
        due_on=now.date() + timedelta(days=days),
    )
    try:
        with transaction.atomic():
            complaint.save(force_insert=True)
    except IntegrityError as error:
        raise AlreadyComplained from error
    about = {"order": order} if order else {"reading": reading}
    write(actor=actor, action="complaints.complain", subject=f"complaint:{complaint.number}", facts=about)
    _tell_supervisors(complaint)
    return complaint


def _person(actor: Actor) -> int:
    """Who complains for an enterprise."""
    if actor.role not in ROLES[OrganisationKind.ENTERPRISE] or actor.user_id is None:
        raise NotForYou
    return actor.user_id


def _tell_supervisors(complaint: Complaint) -> None:
    facts = {"number": complaint.number, "due": f"{complaint.due_on}"}
    supervisors = Membership.objects.filter(role=Role.SUPERVISOR, state=MembershipState.ACTIVE)
    for organisation, user_id in supervisors.values_list("organisation__code", "user_id"):
        link = f"/authority/complaints/{complaint.number}/"
        tell(organisation=organisation, template="complaint.made", facts=facts, link=link, user_id=user_id)
