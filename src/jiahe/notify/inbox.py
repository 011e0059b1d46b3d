"""The inbox of an organisation, and what goes out of the platform with a message."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Q, QuerySet

from jiahe.kit import clock
from jiahe.kit.actor import Actor
from jiahe.kit.statements import send
from jiahe.notify import audience
from jiahe.notify.models import Address, Message, Silence
from jiahe.notify.outbox import send_sms, send_to
from jiahe.notify.templates import TEMPLATES

_UNREAD = (
    "SELECT COUNT(*) FROM notify_message"
    " WHERE organisation = %s AND (user_id IS NULL OR user_id = %s) AND read_at IS NULL"
)


def tell(
    *, organisation: str, template: str, facts: Mapping[str, str | int], link: str = "", user_id: int | None = None
) -> None:
    """Put a message into an inbox, inside the caller's transaction; `KeyError` for an unknown template or a missing fact.

    An SMS goes with it to those whom the audience names, and the message itself to the organisation's addresses, unless
    it is meant for one person.
    """
    str(TEMPLATES[template].sentence).format(**facts)
    Message.objects.create(
        organisation=organisation,
        user_id=user_id,
        template=template,
        facts=dict(facts),
        link=link,
        sent_at=clock.now(),
    )
    _by_sms(organisation, template, facts, user_id)
    if user_id is None:
        for address in Address.objects.filter(organisation=organisation, ended_at=None):
            send_to(address=address, template=template, facts=facts, link=link)


def _by_sms(organisation: str, template: str, facts: Mapping[str, str | int], user_id: int | None) -> None:
    people = audience.holders(organisation, template, user_id)
    if people and template in audience.NOT_ESSENTIAL:
        silent = set(Silence.objects.filter(user__in=[p.user_id for p in people]).values_list("user", flat=True))
        people = [one for one in people if one.user_id not in silent]
    for phone in sorted({one.phone for one in people}):
        send_sms(phone=phone, template=template, facts=facts)


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
