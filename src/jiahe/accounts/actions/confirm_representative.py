"""Answer the question whether somebody is the legal representative of an enterprise."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from jiahe.accounts.enums import VerificationState
from jiahe.accounts.errors import NoSuchVerification
from jiahe.accounts.models import Verification
from jiahe.audit.journal import write
from jiahe.kit import clock, parameters
from jiahe.kit.actor import Actor


@transaction.atomic
def confirm_representative(*, actor: Actor, number: str, confirmed: bool) -> None:
    """The first answer counts; `NoSuchVerification` for a number that waits for none."""
    state = VerificationState.CONFIRMED if confirmed else VerificationState.REFUSED
    now = clock.now()
    if not waiting(now).filter(number=number).update(state=state, decided_at=now, decided_by=actor.login):
        raise NoSuchVerification(number=number)
    uscc = Verification.objects.values_list("uscc", flat=True).get(number=number)
    facts = {"number": number, "state": state}
    write(actor=actor, action="accounts.confirm_representative", subject=f"enterprise:{uscc}", facts=facts)


def waiting(now: datetime) -> QuerySet[Verification]:
    """Those that wait for an answer."""
    return Verification.objects.filter(state=VerificationState.WAITING, asked_at__gt=oldest(now)).order_by("asked_at")


def oldest(now: datetime) -> datetime:
    """Questions from before this moment count no more."""
    return now - timedelta(days=parameters.value("verification_days", on=now.date()))
