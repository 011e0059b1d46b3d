"""The cards: which one is in use, all of them, and one by its number."""

from __future__ import annotations

from functools import lru_cache

from django.db.models import QuerySet

from jiahe.scoring.card import Card, loads
from jiahe.scoring.errors import NoSuchCard
from jiahe.scoring.models import CardState, CardVersion

READ = 8


def live() -> CardVersion | None:
    """The published one; none before the first."""
    return versions().filter(state=CardState.PUBLISHED).first()


def card_of(version: CardVersion) -> Card:
    """What the version says; `WrongCard` where its row was tampered with."""
    return _card(version.card)


@lru_cache(maxsize=READ)
def _card(text: str) -> Card:
    return loads(text)


def versions() -> QuerySet[CardVersion]:
    """The newest first, each with the people of its steps."""
    people = ("drafted_by", "committed_by", "published_by", "retired_by")
    return CardVersion.objects.select_related("replaced", *people).order_by("-number")


def version_of(number: int) -> CardVersion:
    """`NoSuchCard` for a number that is not there."""
    found = versions().filter(number=number).first()
    if found is None:
        raise NoSuchCard(number=number)
    return found


@lru_cache(maxsize=READ)
def card_by(digest: str) -> Card:
    """The card that a score names; the same one may have been imported anew after it was retired."""
    return card_of(versions().filter(digest=digest)[0])
