"""How the sealing stands: the heads, what waits, the anchor, the last verification."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from jiahe.audit import anchor
from jiahe.audit.actions.verify import VERIFIED
from jiahe.audit.anchor import Head
from jiahe.audit.models import BOOKS, Book, Entry, Segment
from jiahe.audit.sealing import head


@dataclass(frozen=True)
class Standing:
    """One book: its newest segment and when that was sealed, how many rows wait, whether the anchor says the same.

    `waiting_since` is when the first of those that wait was written.
    """

    book: Book
    head: Head
    sealed_at: datetime | None
    waiting: int
    waiting_since: datetime | None
    is_anchored: bool


def standings() -> list[Standing]:
    line = anchor.last()
    return [_standing(book, line.heads[book] if line else None) for book in Book]


def _standing(book: Book, anchored: Head | None) -> Standing:
    newest = head(book)
    sealed_at = Segment.objects.filter(book=book, number=newest.number).values_list("sealed_at", flat=True).first()
    waiting = BOOKS[book].objects.filter(segment=None)
    first = waiting.order_by("pk").values_list("at", flat=True).first()
    return Standing(book, newest, sealed_at, waiting.count(), first, anchored == newest)


def last_verification() -> Entry | None:
    """The journal's newest row about a verification: who asked, when, and the answer in its facts."""
    return Entry.objects.filter(action=VERIFIED).order_by("-pk").first()
