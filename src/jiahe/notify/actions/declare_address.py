"""Declare where an organisation has its messages delivered to, and withdraw it again."""

from __future__ import annotations

import base64
import secrets

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from jiahe.audit.journal import write
from jiahe.kit import clock
from jiahe.kit.actor import Actor
from jiahe.kit.crypto import keyring
from jiahe.notify.channels.webhook import SECRET_MARK, reachable
from jiahe.notify.errors import NoSuchAddress, NotAnAddress
from jiahe.notify.models import PUT_ASIDE, Address, AddressKind, Outgoing, OutgoingState
from jiahe.notify.providers import NotDelivered

SECRET_BYTES = 32


@transaction.atomic
def declare_address(*, actor: Actor, organisation: str, kind: AddressKind, value: str) -> tuple[Address, str]:
    """Messages of the organisation go there from now on. Gives the address and, for a webhook, the secret by which the
    receiver knows that they are the platform's: it is shown this once. `NotAnAddress`."""
    _assert_usable(kind, value)
    secret = SECRET_MARK + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()
    shown = secret if kind == AddressKind.WEBHOOK else ""
    address = Address.objects.create(
        organisation=organisation,
        kind=kind,
        value=keyring().encrypt(value),
        secret=keyring().encrypt(shown) if shown else "",
        since=clock.now(),
    )
    subject = f"address:{address.pk}"
    write(actor=actor, action="notify.declare", subject=subject, facts={"organisation": organisation, "kind": kind})
    return address, shown


@transaction.atomic
def withdraw_address(*, actor: Actor, number: int) -> None:
    """Nothing more goes there; what waits for it is settled. `NoSuchAddress`."""
    if not Address.objects.filter(pk=number, ended_at=None).update(ended_at=clock.now()):
        raise NoSuchAddress(number=number)
    waiting = Outgoing.objects.filter(address=number, state__in=(OutgoingState.WAITING, *PUT_ASIDE))
    waiting.update(state=OutgoingState.SETTLED, facts="", next_at=None)
    write(actor=actor, action="notify.withdraw", subject=f"address:{number}")


def _assert_usable(kind: AddressKind, value: str) -> None:
    try:
        validate_email(value) if kind == AddressKind.EMAIL else reachable(value)
    except (ValidationError, NotDelivered) as problem:
        raise NotAnAddress(value=value) from problem
