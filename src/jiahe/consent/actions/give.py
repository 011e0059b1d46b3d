"""Give a consent: of one's own accord, with one click in an application, or in answer to a request."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from jiahe.accounts.enums import OrganisationState
from jiahe.accounts.models import Organisation
from jiahe.consent.actions.move import record, replace_live, step
from jiahe.consent.draft import Draft, check_ticked, draft
from jiahe.consent.enums import ConsentState
from jiahe.consent.errors import EnterpriseFrozen, GivenMeanwhile, NoSuchConsent, StateChanged, TextChanged
from jiahe.consent.models import Consent
from jiahe.consent.parties import require
from jiahe.consent.queries.consents import one
from jiahe.consent.terms import Action, State, Terms
from jiahe.consent.text import Words
from jiahe.kit import clock
from jiahe.kit.actor import Actor


@transaction.atomic
def give(
    *,
    actor: Actor,
    grantee: str,
    terms: Terms,
    agreed: str,
    separately: Collection[str] = (),
    language: str = "",
    request: str = "",
) -> Consent:
    """An active consent of the actor's enterprise; the live one to the same organisation for the same purpose ends.

    `agreed` is the digest of the words that were shown in `language`, `separately` the categories that were ticked one
    by one, `request` the number of the request that is answered, whose terms may have been narrowed.
    """
    require(actor, Action.GIVE, uscc=actor.organisation, grantee=grantee, written=terms.written)
    made = draft(uscc=actor.organisation, grantee=grantee, terms=terms)
    check_ticked(terms, separately)
    shown = made.words(language)
    assert_agreed(actor, shown, agreed)
    given = signed(actor, shown)
    if request:
        return _answer(actor, made, request, given)
    return _new(actor, made, given)


def assert_agreed(actor: Actor, shown: Words, agreed: str) -> None:
    """`TextChanged` where other words were read, `EnterpriseFrozen` where the enterprise may agree to nothing now."""
    if not secrets.compare_digest(shown.digest.encode(), agreed.encode()):
        raise TextChanged
    if not Organisation.objects.filter(code=actor.organisation, state=OrganisationState.ACTIVE).exists():
        raise EnterpriseFrozen


def _new(actor: Actor, made: Draft, given: dict[str, Any]) -> Consent:
    consent = row(actor, made, State.ACTIVE, **given)
    consent.replaces = replace_live(actor=actor, consent=consent)
    try:
        with transaction.atomic():
            consent.save(force_insert=True)
    except IntegrityError as error:
        raise GivenMeanwhile from error
    record(actor=actor, action=Action.GIVE, consent=consent)
    return consent


def _answer(actor: Actor, made: Draft, request: str, given: dict[str, Any]) -> Consent:
    asked, agreed = one(actor=actor, number=request), made.terms
    same = (asked.uscc, asked.grantee_id, asked.purpose, asked.direction, asked.written, asked.subject_ref)
    answer = (agreed.purpose, agreed.direction, agreed.written, agreed.subject_ref)
    if same != (actor.organisation, made.grantee.pk, *answer):
        raise NoSuchConsent(number=request)
    if asked.state != State.REQUESTED:
        raise StateChanged(number=request, state=ConsentState(asked.state).label)
    replaced = replace_live(actor=actor, consent=asked)
    moved = agreed_fields(agreed) | given | {"replaces": replaced}
    return step(actor=actor, action=Action.GIVE, consent=asked, is_alone=True, **moved)


def row(actor: Actor, made: Draft, state: State, **fields: Any) -> Consent:
    """A new consent, not saved yet."""
    now = clock.now()
    return Consent(
        number=new_number(now),
        serial=made.enterprise.serial,
        uscc=made.enterprise.uscc,
        grantee=made.grantee,
        direction=made.terms.direction,
        purpose=made.terms.purpose,
        written=made.terms.written,
        state=state.value,
        requested_at=now,
        requested_by=actor.login,
        **agreed_fields(made.terms),
        **fields,
    )


def agreed_fields(terms: Terms) -> dict[str, Any]:
    """Those of the terms that an answer may narrow."""
    return {
        "categories": list(terms.categories),
        "kind": terms.kind,
        "per_month": terms.per_month,
        "valid_from": terms.valid_from,
        "valid_until": terms.valid_until,
        "lookback_months": terms.lookback_months,
        "data_life_days": terms.data_life_days,
        "subject_ref": terms.subject_ref,
    }


def signed(actor: Actor, shown: Words) -> dict[str, Any]:
    """Who agreed when, and to which words."""
    return {
        "text_version": shown.version,
        "text_digest": shown.digest,
        "text": shown.text,
        "given_at": clock.now(),
        "given_by_id": actor.user_id,
    }


def new_number(now: datetime) -> str:
    """The day and chance: nobody can count consents or guess one."""
    return f"SQ{now:%Y%m%d}{secrets.token_hex(6).upper()}"
