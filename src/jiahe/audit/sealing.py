"""The sealer: it chains into segments what no segment has yet, a second after it was written at the latest.

One sealer at a time. A row that becomes visible late, with a lower id than sealed ones, is sealed in a later segment.
"""

from __future__ import annotations

import logging
from threading import Event
from typing import Any

from django.db import close_old_connections, connection, models, transaction

from jiahe.audit import anchor, chain, history, stored
from jiahe.audit.anchor import Head, Heads
from jiahe.audit.models import BOOKS, Book, Row, Segment
from jiahe.kit import clock
from jiahe.kit.configuration import setting
from jiahe.kit.locks import exclusive

SEGMENT_ROWS = 1000
PAUSE_SECONDS = 0.5
log = logging.getLogger(__name__)


def seal() -> int:
    """Seal all rows that are visible now, write down the heads, and give how many rows it was."""
    with exclusive("audit-sealing"):
        anchor.keep(heads())
        sealed = sum(_seal_book(book) for book in Book)
        if sealed:
            anchor.keep(heads())
    return sealed


def heads() -> Heads:
    """The newest segment of each book."""
    return {book: head(book) for book in Book}


def head(book: Book) -> Head:
    """The newest segment of a book, or where its history begins."""
    newest = Segment.objects.filter(book=book).order_by("-number").values_list("number", "hash").first()
    return Head(*newest) if newest else history.start(book)


def keep_sealing(ended: Event) -> None:
    """Seal until told to end; what goes wrong is logged and tried again."""
    while not ended.is_set():
        try:
            close_old_connections()
            seal()
        except Exception:
            log.exception("sealing failed and will be tried again")
            connection.close()
        ended.wait(PAUSE_SECONDS)
    connection.close()


def _seal_book(book: Book) -> int:
    total = 0
    while BOOKS[book].objects.filter(segment=None).exists():
        rows = _seal_segment(book)
        total += rows
        if rows < SEGMENT_ROWS:
            break  # what comes meanwhile is for the next time
    return total


@transaction.atomic
def _seal_segment(book: Book) -> int:
    rows, before = stored.unsealed(book, SEGMENT_ROWS), head(book)
    said: dict[str, Any] = {
        "book": book.value,
        "number": before.number + 1,
        "sealed_at": clock.now(),
        "algorithm": setting("JIAHE_HASH"),
        "previous": before.hash,
        "rows": [row.id for row in rows],
    }
    lines = (chain.line(row.id, row.digest, row.content) for row in rows)
    computed = chain.hash_of(said["algorithm"], chain.heading(**said), lines)
    segment = Segment.objects.create(**said, hash=computed, seal=chain.seal_of(computed))
    _assign(BOOKS[book], segment)
    return len(rows)


def _assign(model: type[Row], segment: Segment) -> None:
    """The one change that a row ever sees; it goes below the rows' own manager, which permits none."""
    given = models.QuerySet(model).filter(pk__in=segment.rows, segment=None).update(segment=segment)
    assert given == len(segment.rows)
