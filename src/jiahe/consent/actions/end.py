"""End consents with what they served; called by the action that closes it, inside its transaction."""

from __future__ import annotations

from django.db import transaction

from jiahe.consent.actions.move import step
from jiahe.consent.models import Consent
from jiahe.consent.terms import LIVE, OPEN, Action, State
from jiahe.kit.actor import Actor
from jiahe.kit.databases import shut_gate


@transaction.atomic
def end_subject(*, actor: Actor, subject_ref: str) -> int:
    """The order or request is closed: what is live is used up, what is not yet in force is void. How many ended."""
    return _end(actor, subject_ref, OPEN)


@transaction.atomic
def void(*, actor: Actor, request_ref: str) -> int:
    """The window of an open request closes: what nobody claimed is void. How many ended."""
    return _end(actor, request_ref, (State.PENDING,))


def _end(actor: Actor, subject_ref: str, states: tuple[State, ...]) -> int:
    assert subject_ref
    open_ones = Consent.objects.select_related("grantee").filter(subject_ref=subject_ref, state__in=states)
    # Whoever revokes or claims one of them at this moment is waited for.
    for serial in open_ones.order_by("serial").values_list("serial", flat=True).distinct():
        shut_gate(serial)
    consents = list(open_ones.order_by("pk"))
    for consent in consents:
        step(actor=actor, action=Action.FINISH if consent.state in LIVE else Action.VOID, consent=consent)
    return len(consents)
