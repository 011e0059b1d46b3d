"""Take a consent from one state to the next, as the table of transitions says: one conditional UPDATE decides."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction

from jiahe.audit.journal import write
from jiahe.consent.enums import ConsentState
from jiahe.consent.errors import GivenMeanwhile, StateChanged
from jiahe.consent.models import Consent
from jiahe.consent.parties import require
from jiahe.consent.queries.consents import one
from jiahe.consent.terms import LIVE, OPEN, TO_PLATFORM, TRANSITIONS, Action
from jiahe.creditfile.models import Enterprise
from jiahe.kit import clock
from jiahe.kit.actor import Actor
from jiahe.kit.databases import shut_gate
from jiahe.notify.inbox import tell

# Whom each step tells, and with which template.
TO_ENTERPRISE = {
    Action.ASK: "consent.requested",
    Action.GIVE: "consent.given",
    Action.CLAIM: "consent.claimed",
    Action.EXPIRE: "consent.expired",
    Action.FINISH: "consent.finished",
    Action.VOID: "consent.void",
}
TO_GRANTEE = {
    Action.REFUSE: "consent.refused",
    Action.GIVE: "consent.granted",
    Action.PAUSE: "consent.paused",
    Action.RESUME: "consent.resumed",
    Action.REVOKE: "consent.revoked",
    Action.EXPIRE: "consent.expired",
    Action.FINISH: "consent.finished",
    Action.VOID: "consent.void",
}
# The same, where it is the platform that gets to know.
OF_FEEDBACK = {
    "consent.requested": "consent.feedback_requested",
    "consent.granted": "consent.feedback_granted",
    "consent.revoked": "consent.feedback_revoked",
}


@transaction.atomic
def move(*, actor: Actor, action: Action, number: str, **changes: Any) -> Consent:
    """The step of somebody concerned: `NoSuchConsent` for others, `NotYours` without the right, `StateChanged` too late."""
    consent = one(actor=actor, number=number)
    require(actor, action, uscc=consent.uscc, grantee=consent.grantee.code, written=consent.written)
    return step(actor=actor, action=action, consent=consent, **changes)


def step(*, actor: Actor, action: Action, consent: Consent, is_alone: bool = False, **changes: Any) -> Consent:
    """The step itself, which the caller has decided on; it runs inside the caller's transaction.

    `is_alone`: the caller has called `alone` for this consent in the same transaction, as `replace_live` does.
    """
    if not is_alone:
        alone(consent)
    transition = TRANSITIONS[action]
    changes["state"] = transition.end.value
    if transition.end not in OPEN:
        changes["ended_at"] = clock.now()
    rows = Consent.objects.filter(pk=consent.pk, state__in=transition.start)
    try:
        with transaction.atomic():
            moved = rows.update(**changes)
    except IntegrityError as error:
        raise GivenMeanwhile from error
    consent.refresh_from_db(from_queryset=Consent.objects.select_related("grantee"))
    if not moved:
        raise StateChanged(number=consent.number, state=ConsentState(consent.state).label)
    record(actor=actor, action=action, consent=consent)
    return consent


def alone(consent: Consent) -> None:
    """Wait for those who read under the same enterprise's consents to the same organisation, and let nobody new begin.

    It lasts until the transaction ends. Whoever waits to change goes before new readers.
    """
    shut_gate(consent.serial)
    rows = Consent.objects.filter(serial=consent.serial, grantee_id=consent.grantee_id, state__in=OPEN).order_by("pk")
    list(rows.select_for_update(no_key=True).values_list("pk"))


def replace_live(*, actor: Actor, consent: Consent) -> Consent | None:
    """End the live consent that this one takes the place of; None where there is none."""
    alone(consent)
    live = Consent.objects.filter(
        serial=consent.serial,
        grantee_id=consent.grantee_id,
        purpose=consent.purpose,
        direction=consent.direction,
        written=consent.written,
        state__in=LIVE,
    ).first()
    return step(actor=actor, action=Action.REPLACE, consent=live, is_alone=True) if live else None


def record(*, actor: Actor, action: Action, consent: Consent) -> None:
    """Write a step into the journal and tell those whom it concerns."""
    facts = {"state": consent.state, "uscc": consent.uscc, "grantee": consent.grantee.code, "purpose": consent.purpose}
    write(actor=actor, action=f"consent.{action}", subject=f"consent:{consent.number}", facts=facts)
    if template := TO_ENTERPRISE.get(action):
        notice(consent, consent.uscc, template)
    if template := TO_GRANTEE.get(action):
        notice(consent, consent.grantee.code, template)


def notice(consent: Consent, organisation: str, template: str) -> None:
    """A message about a consent."""
    enterprise = Enterprise.objects.values_list("name", flat=True).get(serial=consent.serial)
    facts: dict[str, str | int] = {
        "number": consent.number,
        "organisation": consent.grantee.name,
        "enterprise": enterprise or consent.uscc,
        "count": len(consent.categories),
        "until": f"{consent.valid_until.astimezone(clock.ZONE):%Y-%m-%d}",
    }
    said = OF_FEEDBACK.get(template, template) if consent.direction == TO_PLATFORM else template
    tell(organisation=organisation, template=said, facts=facts)
