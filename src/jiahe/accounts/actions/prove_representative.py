"""Take the proof that somebody represents an enterprise, once."""

from __future__ import annotations

from jiahe.accounts import typed
from jiahe.accounts.actions.confirm_representative import oldest
from jiahe.accounts.enums import VerificationState
from jiahe.accounts.errors import NotConfirmed, NotRegistered, RegistrationEnded, RepresentativeDiffers
from jiahe.accounts.models import Verification
from jiahe.accounts.queries.registration import of_registry
from jiahe.accounts.verification import VerifiedEntity
from jiahe.kit import clock
from jiahe.kit.crypto import keyring

# The number of a confirmed verification, or what a sign-in has proved.
Proof = str | VerifiedEntity


def prove_representative(*, uscc: str, proof: Proof) -> str:
    """The keyed digest of the verified representative's name, who is still the registered one.

    Called in the transaction of what is proved. `NotConfirmed`; `RepresentativeDiffers` where the registry has changed.
    """
    found = of_registry(uscc)
    if found is None:
        raise NotRegistered
    if found.ended:
        raise RegistrationEnded
    digest = _of_entity(uscc, proof) if isinstance(proof, VerifiedEntity) else _of_verification(uscc, proof)
    if found.names and digest not in found.names:
        raise RepresentativeDiffers
    return digest


def _of_entity(uscc: str, entity: VerifiedEntity) -> str:
    if typed.code(entity.uscc) != uscc or not entity.representative:
        raise NotConfirmed
    return keyring().digest(typed.person(entity.representative))


def _of_verification(uscc: str, number: str) -> str:
    now = clock.now()
    kept = Verification.objects.filter(number=number, uscc=uscc, asked_at__gt=oldest(now))
    if not kept.filter(state=VerificationState.CONFIRMED, used_at=None).update(used_at=now):
        raise NotConfirmed
    return kept.get().representative_digest
