"""Whom to call at the enterprise: the one place where an institution is told a name and a phone number."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from jiahe.audit.journal import write
from jiahe.financing import parties
from jiahe.financing.enums import OrderStates
from jiahe.financing.errors import StateChanged
from jiahe.financing.queries.orders import one
from jiahe.financing.workflow import READS, Party
from jiahe.kit.actor import Actor
from jiahe.kit.crypto import keyring


@dataclass(frozen=True)
class Contact:
    name: str
    phone: str


@transaction.atomic
def contact(*, actor: Actor, number: str) -> Contact:
    """For the account manager of a live order that was accepted, and those above; each time it is told, the journal says so.

    `NoSuchOrder`, `NotYours`, or `StateChanged` before the order is accepted and after it has ended.
    """
    order = one(actor=actor, number=number)
    parties.require(actor, (Party.OWNER,), order.request, order)
    if order.state not in READS:
        raise StateChanged(number=order.number, state=OrderStates(order.state).label)
    write(actor=actor, action="order.phone", subject=f"order:{order.number}", facts={"uscc": order.request.uscc})
    return Contact(_clear(order.request.contact), _clear(order.request.phone))


def _clear(sealed: str) -> str:
    return keyring().decrypt(sealed) if sealed else ""
