"""Ask an enterprise for a consent, and ask again when a matter outlives the one it had."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from jiahe.consent.actions.give import row
from jiahe.consent.actions.move import record
from jiahe.consent.draft import Draft, draft, optional_line
from jiahe.consent.errors import AlreadyAsked, AskedTooSoon
from jiahe.consent.models import Consent
from jiahe.consent.numbers import rest_days
from jiahe.consent.parties import require
from jiahe.consent.queries.consents import one
from jiahe.consent.terms import Action, State, Terms
from jiahe.kit import clock
from jiahe.kit.actor import Actor


@transaction.atomic
def ask(*, actor: Actor, uscc: str, terms: Terms, note: str = "") -> Consent:
    """A request of the actor's organisation, which the enterprise refuses or answers with a consent.

    `AlreadyAsked` while one is open, `AskedTooSoon` for a set time after a refusal, and whatever `draft` finds wrong.
    """
    return _ask(actor, uscc, actor.organisation, terms, note)


@transaction.atomic
def renew(*, actor: Actor, number: str) -> Consent:
    """Ask for the same again, from today for as long as it was; the one that runs is replaced when it is given."""
    old = one(actor=actor, number=number)
    today = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    terms = replace(old.terms(), valid_from=today, valid_until=today + (old.valid_until - old.valid_from))
    return _ask(actor, old.uscc, old.grantee.code, terms, "")


def _ask(actor: Actor, uscc: str, grantee: str, terms: Terms, note: str) -> Consent:
    require(actor, Action.ASK, uscc=uscc, grantee=grantee, written=terms.written)
    made = draft(uscc=uscc, grantee=grantee, terms=terms)
    consent = row(actor, made, State.REQUESTED, note=optional_line(note, _("说明")))
    _assert_rested(made)
    try:
        with transaction.atomic():
            consent.save(force_insert=True)
    except IntegrityError as error:
        raise AlreadyAsked from error
    record(actor=actor, action=Action.ASK, consent=consent)
    return consent


def _assert_rested(made: Draft) -> None:
    now, terms = clock.now(), made.terms
    days = timedelta(days=rest_days(now))
    refused = Consent.objects.filter(
        serial=made.enterprise.serial,
        grantee=made.grantee,
        purpose=terms.purpose,
        written=terms.written,
        state=State.REFUSED,
        ended_at__gt=now - days,
    )
    if last := refused.order_by("-ended_at").values_list("ended_at", flat=True).first():
        raise AskedTooSoon(until=f"{(last + days).astimezone(clock.ZONE):%Y-%m-%d %H:%M}")
