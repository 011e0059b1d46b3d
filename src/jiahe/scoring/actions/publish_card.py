"""Put a committed card in use, in the place of the one before."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from jiahe.kit import clock
from jiahe.kit.actor import Actor
from jiahe.scoring.actions.move_card import move, moved_on, record, require_officer, tell_officials
from jiahe.scoring.errors import SamePerson
from jiahe.scoring.models import CardState, CardVersion
from jiahe.scoring.queries.cards import live, version_of


def publish_card(*, actor: Actor, number: int) -> CardVersion:
    """`SamePerson` for whoever committed it; `CardMoved` where it waits no more, or another one was just published."""
    try:
        return _publish(actor, number)
    except IntegrityError as taken:  # no card was in use, and somebody published the first one
        raise moved_on(version_of(number)) from taken


@transaction.atomic
def _publish(actor: Actor, number: int) -> CardVersion:
    person, now = require_officer(actor), clock.now()
    version, before = version_of(number), live()
    if version.state != CardState.COMMITTED:
        raise moved_on(version)
    if version.committed_by_id == person:
        raise SamePerson(number=number)
    if before:
        move(before, CardState.PUBLISHED, CardState.RETIRED, retired_at=now, retired_by_id=person)
    changes = {"published_at": now, "published_by_id": person, "replaced": before}
    published = move(version, CardState.COMMITTED, CardState.PUBLISHED, **changes)
    record(actor, "publish", published, replaced=before.number if before else 0)
    tell_officials(actor, "card.published", published)
    return published
