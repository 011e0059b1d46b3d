"""Tie a provider's verified person to an account, and find the account by it."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from jiahe.accounts.errors import AlreadyLinked
from jiahe.accounts.models import OutsideIdentity, User
from jiahe.accounts.verification import VerifiedEntity
from jiahe.audit.journal import write
from jiahe.kit import clock
from jiahe.kit.actor import Actor
from jiahe.kit.crypto import keyring


def known(verified: VerifiedEntity) -> User | None:
    """The open account that this person is linked to."""
    digest = _digest(verified)
    found = OutsideIdentity.objects.select_related("user").filter(provider=verified.provider, subject_digest=digest)
    return next((one.user for one in found if one.user.is_active), None)


@transaction.atomic
def link(*, actor: Actor, user: User, verified: VerifiedEntity) -> None:
    """The person signs in this way too from now on; `AlreadyLinked` where one of the two is linked elsewhere."""
    digest = _digest(verified)
    try:
        with transaction.atomic():
            OutsideIdentity.objects.create(
                user=user, provider=verified.provider, subject_digest=digest, linked_at=clock.now()
            )
    except IntegrityError as error:
        raise AlreadyLinked from error
    write(actor=actor, action="accounts.link", subject=f"user:{user.pk}", facts={"provider": verified.provider})


@transaction.atomic
def unlink(*, actor: Actor, user: User, provider: str) -> None:
    """Nothing happens where there is no such link."""
    count, _ = user.identities.filter(provider=provider).delete()
    if count:
        write(actor=actor, action="accounts.unlink", subject=f"user:{user.pk}", facts={"provider": provider})


def _digest(verified: VerifiedEntity) -> str:
    return keyring().digest(f"{verified.provider}:{verified.subject}")
