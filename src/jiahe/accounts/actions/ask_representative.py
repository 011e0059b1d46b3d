"""Ask whether a person is the legal representative of an enterprise."""

from __future__ import annotations

import secrets

from django.db import transaction

from jiahe.accounts import typed, verification
from jiahe.accounts.enums import VerificationState
from jiahe.accounts.errors import (
    NoRepresentative,
    NotRegistered,
    RegistrationEnded,
    RepresentativeDiffers,
    RepresentativeResting,
)
from jiahe.accounts.models import Verification
from jiahe.accounts.queries.registration import of_registry
from jiahe.accounts.verification import Question
from jiahe.audit.journal import write
from jiahe.creditfile.queries.representative import Registered
from jiahe.kit import clock, parameters
from jiahe.kit.actor import Actor
from jiahe.kit.crypto import keyring


def ask_representative(*, actor: Actor, uscc: str, name: str, identity: str) -> Verification:
    """Compare name and identity number with the registry, then ask the verifier.

    `RepresentativeDiffers`; `RepresentativeResting` after too many such answers in a day; `NoRepresentative` where the
    registry names none; `NotRegistered`, `RegistrationEnded`. An attempt is written down before it is compared.
    """
    found = _represented(uscc)
    digest = keyring().digest
    asked = Verification.objects.create(
        number=f"{secrets.randbelow(10**8):08}",
        uscc=uscc,
        representative_digest=digest(typed.person(name)),
        identity_digest=digest(typed.identity(identity)),
        state=VerificationState.MISMATCH,
        asked_at=clock.now(),
    )
    _assert_not_resting(uscc)
    if not _agrees(found, asked):
        raise RepresentativeDiffers
    with transaction.atomic():
        asked.state = verification.begin(Question(asked.number, uscc, name, identity))
        asked.save(update_fields=["state"])
        facts = {"number": asked.number, "state": asked.state}
        write(actor=actor, action="accounts.ask_representative", subject=f"enterprise:{uscc}", facts=facts)
    return asked


def _represented(uscc: str) -> Registered:
    found = of_registry(uscc)
    if found is None:
        raise NotRegistered
    if found.ended:
        raise RegistrationEnded
    if not found.names:
        raise NoRepresentative
    return found


def _assert_not_resting(uscc: str) -> None:
    now = clock.now()
    limit = parameters.value("representative_mismatches_a_day", on=now.date())
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    today = Verification.objects.filter(uscc=uscc, state=VerificationState.MISMATCH, asked_at__gte=midnight)
    if today.count() > limit:
        raise RepresentativeResting(limit=limit)


def _agrees(found: Registered, asked: Verification) -> bool:
    """A registry without the identity number leaves that to the verifier."""
    return asked.representative_digest in found.names and found.identity in ("", asked.identity_digest)
