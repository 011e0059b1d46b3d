"""Take a consent from one state to the next, as the table of transitions says: one conditional UPDATE decides."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction

from jiahe.audit.journal import write
from jiahe.consent.enums import ConsentState
from jiahe.consent.errors import GivenMeanwhile, StateChanged
from jiahe.consent.models import Consent
from jiahe.consent.parties import require
from jiahe.consent.queries.consents import one
from jiahe.consent.queries.stored import between
from jiahe.consent.terms import LIVE, OPEN, TO_PLATFORM, TRANSITIONS, Action
from jiahe.creditfile.models import Enterprise
from jiahe.kit import clock
from jiahe.kit.actor import Actor
from jiahe.kit.rows import change
from jiahe.notify.inbox import tell
from jiahe.notify.outbox import names_in
from jiahe.notify.templates import TEMPLATES

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

    `is_alone`: the caller has called `between` in the same transaction, and has seen the consent since.
    """
    if not is_alone:
        between(consent.serial, consent.grantee.code)()
    transition = TRANSITIONS[action]
    changes["state"] = transition.end.value
    if transition.end not in OPEN:
        changes["ended_at"] = clock.now()
    try:
        with transaction.atomic(savepoint=False):
            moved = change(consent, transition.start, changes)
    except IntegrityError as error:
        raise GivenMeanwhile from error
    if not (moved and is_alone):
        consent.refresh_from_db(from_queryset=Consent.objects.select_related("grantee"))
    if not moved:
        raise StateChanged(number=consent.number, state=ConsentState(consent.state).label)
    record(actor=actor, action=action, consent=consent)
    return consent


def replace_live(*, actor: Actor, consent: Consent, known: Sequence[Consent] | None = None) -> Consent | None:
    """End the live consent that this one takes the place of; None where there is none. `known` is what `between` gave."""
    known = between(consent.serial, consent.grantee.code)() if known is None else known
    live = next((one for one in known if one.state in LIVE and _place(one) == _place(consent)), None)
    return step(actor=actor, action=Action.REPLACE, consent=live, is_alone=True) if live else None


def _place(consent: Consent) -> tuple[str, str, bool]:
    """Of those that agree in this, one is live."""
    return consent.purpose, consent.direction, consent.written


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
    said = OF_FEEDBACK.get(template, template) if consent.direction == TO_PLATFORM else template
    facts: dict[str, str | int] = {
        "number": consent.number,
        "organisation": consent.grantee.name,
        "count": len(consent.categories),
        "until": f"{consent.valid_until.astimezone(clock.ZONE):%Y-%m-%d}",
    }
    if organisation != consent.uscc or "enterprise" in names_in(str(TEMPLATES[said].sentence)):
        name = Enterprise.objects.values_list("name", flat=True).get(serial=consent.serial)
        facts["enterprise"] = name or consent.uscc
    tell(organisation=organisation, template=said, facts=facts)
