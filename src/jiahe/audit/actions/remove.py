"""Remove rows that need be kept no longer: sealed months that are old enough and were exported."""

from __future__ import annotations

from datetime import date

from django.db import models, transaction

from jiahe.audit import exports, history
from jiahe.audit.actions.verify import HISTORY, verify
from jiahe.audit.anchor import Head
from jiahe.audit.errors import NotInOrder
from jiahe.audit.journal import write
from jiahe.audit.models import BOOKS, Book, Entry, Row, Segment
from jiahe.kit import clock, parameters
from jiahe.kit.actor import Actor
from jiahe.kit.locks import exclusive


def remove(*, actor: Actor) -> int:
    """Remove what may go and give how many rows it was; the chain then begins after it, and says so in the journal.

    `NotInOrder`, with nothing removed, where the books do not verify.
    """
    due = _due()
    if not due:
        return 0
    if fault := verify(actor=actor).fault:
        raise NotInOrder(fault=fault.sentence)
    with exclusive(HISTORY):
        return sum(_remove(actor, entry, book) for entry in due for book in Book)


def _due() -> list[Entry]:
    """The journal's rows about exported months that are over for long enough, the oldest month first."""
    today = clock.today()
    years = parameters.value("audit_retention_years", on=today)
    kept_from = f"{date(today.year - years, today.month, 1):%Y-%m}"
    entries = Entry.objects.filter(action=history.EXPORTED, subject__lt=f"month:{kept_from}").order_by("subject", "pk")
    return [entry for entry in entries if entry.digest == entry.computed_digest()]


@transaction.atomic
def _remove(actor: Actor, entry: Entry, book: Book) -> int:
    """One book's part of a month; nothing where it is gone already, or does not follow what is gone."""
    facts, start = entry.facts[book.value], history.start(book)
    last = Head(facts["last"], facts["hash"])
    old = Segment.objects.filter(book=book, number__lte=last.number)
    known = old.filter(number=last.number, hash=last.hash, sealed_at__lt=exports.bounds(_month(entry))[1]).exists()
    if facts["before"] > start.number or last.number <= start.number or not known:
        return 0
    # Below the managers, which permit no removal: this is the one there is.
    rows: models.QuerySet[Row] = models.QuerySet(BOOKS[book]).filter(segment__in=old)
    count = rows._raw_delete(rows.db)
    old._raw_delete(old.db)
    said = {"month": _month(entry), "rows": count, "number": last.number, "hash": last.hash}
    write(actor=actor, action=history.REMOVED, subject=history.subject(book), facts=said)
    return count


def _month(entry: Entry) -> str:
    return entry.subject.removeprefix("month:")
