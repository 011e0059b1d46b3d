"""Add and remove passkeys of an account."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.db import transaction

from jiahe.accounts import passkeys, second_factor
from jiahe.accounts.errors import NoSuchPasskey
from jiahe.accounts.models import User
from jiahe.audit.journal import write
from jiahe.kit.actor import Actor


@transaction.atomic
def add(*, actor: Actor, user: User, name: str, credential: dict[str, Any]) -> None:
    """Keep a passkey that the browser has just made; `PasskeyRefused` where its answer proves nothing."""
    passkeys.complete(credential)
    WebAuthn.add(user, name, credential)
    write(actor=actor, action="accounts.add_passkey", subject=f"user:{user.pk}")


@transaction.atomic
def remove(*, actor: Actor, user: User, passkey_id: int) -> None:
    """`NoSuchPasskey` where it is none of the person's."""
    count, _ = second_factor.authenticators(user, Authenticator.Type.WEBAUTHN).filter(pk=passkey_id).delete()
    if not count:
        raise NoSuchPasskey
    write(actor=actor, action="accounts.remove_passkey", subject=f"user:{user.pk}")
