"""Mark what time has ended, and tell beforehand. No read depends on either."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from jiahe.consent.actions.ask import renew
from jiahe.consent.actions.move import notice, step
from jiahe.consent.errors import StateChanged
from jiahe.consent.models import Consent
from jiahe.consent.numbers import notice_days
from jiahe.consent.terms import LIVE, ONE_TIME, OPEN, Action, State
from jiahe.kit import clock
from jiahe.kit.actor import Actor
from jiahe.kit.errors import JiaheError


def expire(*, actor: Actor) -> int:
    """Live consents whose time is over expire, requests and offers are void. How many; again marks none."""
    over = Consent.objects.select_related("grantee").filter(state__in=OPEN, valid_until__lte=clock.now()).order_by("pk")
    return sum(_expire(actor, consent) for consent in over.iterator())


@transaction.atomic
def _expire(actor: Actor, consent: Consent) -> bool:
    try:
        step(actor=actor, action=Action.EXPIRE if consent.state in LIVE else Action.VOID, consent=consent)
    except StateChanged:
        return False
    return True


def tell_ending(*, actor: Actor) -> int:
    """Tell enterprises, once for each consent, that it ends soon; how many were told.

    A one-time consent that still runs has an order that is not closed: the enterprise is asked to renew it.
    """
    now = clock.now()
    soon = Consent.objects.filter(
        state=State.ACTIVE,
        ending_told_at=None,
        valid_until__gt=now,
        valid_until__lte=now + timedelta(days=notice_days(now)),
    ).order_by("pk")
    return sum(_tell(actor, consent) for consent in soon.iterator())


@transaction.atomic
def _tell(actor: Actor, consent: Consent) -> bool:
    mine = Consent.objects.filter(pk=consent.pk, state=State.ACTIVE, ending_told_at=None)
    if not mine.update(ending_told_at=clock.now()):
        return False
    notice(consent, consent.uscc, "consent.ending")
    if consent.kind == ONE_TIME and consent.subject_ref:
        _ask_again(actor, consent)
    return True


def _ask_again(actor: Actor, consent: Consent) -> None:
    """Unless it is asked for already, was refused, or may no longer be given."""
    try:
        with transaction.atomic():
            renew(actor=actor, number=consent.number)
    except JiaheError:
        return
