"""The inbox of an organisation."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Q, QuerySet

from jiahe.kit import clock
from jiahe.kit.actor import Actor
from jiahe.notify.models import Message
from jiahe.notify.templates import TEMPLATES


def tell(
    *, organisation: str, template: str, facts: Mapping[str, str | int], link: str = "", user_id: int | None = None
) -> None:
    """Put a message into an inbox, inside the caller's transaction; `KeyError` for an unknown template."""
    str(TEMPLATES[template].sentence).format(**facts)
    Message.objects.create(
        organisation=organisation,
        user_id=user_id,
        template=template,
        facts=dict(facts),
        link=link,
        sent_at=clock.now(),
    )


def messages(*, actor: Actor) -> QuerySet[Message]:
    """What the actor may read: their organisation's messages, and their own; the newest first."""
    mine = Q(user=None) | Q(user_id=actor.user_id)
    return Message.objects.filter(mine, organisation=actor.organisation).order_by("-sent_at", "-pk")


def unread(*, actor: Actor) -> int:
    return messages(actor=actor).filter(read_at=None).count()


def mark_read(*, actor: Actor, message_id: int) -> None:
    """The first reading counts; a message of others is left alone."""
    messages(actor=actor).filter(pk=message_id, read_at=None).update(read_at=clock.now())


def mark_all_read(*, actor: Actor) -> None:
    messages(actor=actor).filter(read_at=None).update(read_at=clock.now())
