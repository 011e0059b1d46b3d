"""Where the history of a book begins: after the segments that were exported and then removed for their age."""

from __future__ import annotations

import orjson

from jiahe.audit import chain, stored
from jiahe.audit.anchor import Head
from jiahe.audit.models import Book, Entry

REMOVED, EXPORTED = "audit.remove", "audit.export"


def start(book: Book) -> Head:
    """The last removed segment, as the journal's newest row about it says; number 0 where all is there."""
    about = Entry.objects.filter(subject=subject(book), action=REMOVED).order_by("-pk")
    for number in about.values_list("pk", flat=True):
        row = stored.row(Book.JOURNAL, number)
        if row and row.is_whole:
            facts = orjson.loads(row.content)["facts"]
            return Head(int(facts["number"]), str(facts["hash"]))
    return Head(0, chain.BEGINNING)


def subject(book: Book) -> str:
    return f"book:{book.value}"
