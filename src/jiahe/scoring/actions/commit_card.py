"""Hand a draft in; from then on it is there for good, and another model officer may publish it."""

from __future__ import annotations

from django.db import transaction

from jiahe.kit import clock
from jiahe.kit.actor import Actor
from jiahe.scoring import features
from jiahe.scoring.actions.move_card import move, record, require_officer, tell_officials
from jiahe.scoring.card import Card
from jiahe.scoring.errors import ForeignCard
from jiahe.scoring.models import CardState, CardVersion
from jiahe.scoring.queries.cards import card_of, version_of

NAMED = 5


@transaction.atomic
def commit_card(*, actor: Actor, number: int) -> CardVersion:
    """`ForeignCard` where the card reads what the platform does not make; `CardMoved` where it is no draft any more."""
    person = require_officer(actor)
    version = version_of(number)
    _assert_ours(card_of(version))
    changes = {"committed_at": clock.now(), "committed_by_id": person}
    committed = move(version, CardState.DRAFT, CardState.COMMITTED, **changes)
    record(actor, "commit", committed)
    assert committed.committed_by
    tell_officials(actor, "card.committed", committed, watch=False, name=committed.committed_by.name)
    return committed


def _assert_ours(card: Card) -> None:
    if foreign := [code for code in card.codes if code not in features.every()]:
        named = "、".join(foreign[:NAMED])
        raise ForeignCard(codes=f"{named}…" if len(foreign) > NAMED else named)
