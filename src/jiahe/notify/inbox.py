"""The inbox of an organisation, and what goes out of the platform with a message."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q, QuerySet

from jiahe.kit import clock
from jiahe.kit.actor import Actor
from jiahe.kit.crypto import keyring
from jiahe.kit.rows import add_later
from jiahe.kit.statements import in_one_go, send
from jiahe.notify import audience
from jiahe.notify.models import Address, Message
from jiahe.notify.outbox import by_sms, to_address
from jiahe.notify.templates import TEMPLATES

_UNREAD = (
    "SELECT COUNT(*) FROM notify_message"
    " WHERE organisation = %s AND (user_id IS NULL OR user_id = %s) AND read_at IS NULL"
)
_ADDRESSES = "SELECT id, kind FROM notify_address WHERE organisation = %s AND ended_at IS NULL ORDER BY id"


@dataclass(frozen=True)
class _Told:
    organisation: str
    template: str
    facts: dict[str, str | int]
    link: str
    user_id: int | None


def tell(
    *, organisation: str, template: str, facts: Mapping[str, str | int], link: str = "", user_id: int | None = None
) -> None:
    """Put a message into an inbox, inside the caller's transaction; `KeyError` for an unknown template or a missing fact.

    An SMS goes with it to those whom the audience names, and the message itself to the organisation's addresses, unless
    it is meant for one person.
    """
    str(TEMPLATES[template].sentence).format(**facts)
    add_later(_rows, _Told(organisation, template, dict(facts), link, user_id))


def _rows(told: list[_Told]) -> list[Model]:
    """The messages, and what goes out with them; whom it reaches outside is asked in one go."""
    now = clock.now()
    to_all = [one for one in told if one.user_id is None]
    with in_one_go():
        people = [(one, audience.holders(one.organisation, one.template, one.user_id)) for one in told]
        addresses = [(one, send(_ADDRESSES, [one.organisation])) for one in to_all]
        return [
            *(Message(sent_at=now, **vars(one)) for one in told),
            *(by_sms(phone, one.template, one.facts) for one, found in people for phone in _phones(found())),
            *(
                to_address(Address(pk=key, kind=kind), one.template, one.facts, one.link)
                for one, found in addresses
                for key, kind in found()
            ),
        ]


def _phones(holders: list[tuple[Any, ...]]) -> list[str]:
    return sorted({keyring().decrypt(phone) for _user, phone in holders})


def messages(*, actor: Actor) -> QuerySet[Message]:
    """What the actor may read: their organisation's messages, and their own; the newest first."""
    mine = Q(user=None) | Q(user_id=actor.user_id)
    return Message.objects.filter(mine, organisation=actor.organisation).order_by("-sent_at", "-pk")


def unread(*, actor: Actor) -> int:
    """How many of `messages` nobody has read; plain SQL, because every page says it."""
    return int(send(_UNREAD, [actor.organisation, actor.user_id])()[0][0])


def mark_read(*, actor: Actor, message_id: int) -> None:
    """The first reading counts; a message of others is left alone."""
    messages(actor=actor).filter(pk=message_id, read_at=None).update(read_at=clock.now())


def mark_all_read(*, actor: Actor) -> None:
    messages(actor=actor).filter(read_at=None).update(read_at=clock.now())
