"""Write a sealed month out as files."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.db import transaction

from jiahe.audit import chain, exports, history, stored
from jiahe.audit.actions.check_export import check
from jiahe.audit.actions.verify import verify
from jiahe.audit.anchor import Head
from jiahe.audit.errors import AlreadyExported, MonthNotOver, NoSuchMonth, NotInOrder
from jiahe.audit.exports import Manifest, Part
from jiahe.audit.journal import write
from jiahe.audit.models import Book, Segment
from jiahe.audit.stored import Fields
from jiahe.audit.verification import groups
from jiahe.kit import clock
from jiahe.kit.actor import Actor

SAID = ("book", "number", "sealed_at", "algorithm", "previous", "rows")


def export(*, actor: Actor, month: str, place: Path) -> Manifest:
    """Write `place`/`month` and check what was written; the folder appears whole or not at all.

    `NoSuchMonth`, `MonthNotOver`, `AlreadyExported`; `NotInOrder` where the books do not verify.
    """
    try:
        begins, ends = exports.bounds(month)
    except ValueError as error:
        raise NoSuchMonth(month=month) from error
    if clock.now() < ends:
        raise MonthNotOver(month=month)
    target, draft = place / month, place / f".{month}.new"
    if target.exists():
        raise AlreadyExported(place=target)
    if found := verify(actor=actor).fault:
        raise NotInOrder(fault=found.sentence)
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    books = {book: _write_book(draft, book, _before(book, begins), _before(book, ends)) for book in Book}
    manifest = Manifest(month, clock.now().isoformat(), exports.key_proof(), books)
    manifest.write(draft)
    if fault := check(draft).fault:
        raise NotInOrder(fault=fault.sentence)
    _flush(draft)
    draft.rename(target)
    with transaction.atomic():
        write(actor=actor, action=history.EXPORTED, subject=f"month:{month}", facts=_facts(manifest))
    return manifest


def _before(book: Book, moment: datetime) -> Head:
    """The newest segment that was sealed before a moment."""
    found = Segment.objects.filter(book=book, sealed_at__lt=moment).order_by("-number").values_list("number", "hash")
    first = found.first()
    return Head(*first) if first else history.start(book)


def _write_book(draft: Path, book: Book, before: Head, last: Head) -> Part:
    name, rows, total = f"{book.value}.jsonl", 0, hashlib.sha256()
    with (draft / name).open("wb") as file:
        for line in _lines(book, before, last):
            rows += line.startswith(b'{"id"')
            total.update(line)
            file.write(line)
    return Part(name, total.hexdigest(), rows, before.number, before.hash, last.number, last.hash)


def _lines(book: Book, before: Head, last: Head) -> Iterator[bytes]:
    for group in groups(book, before.number):
        wanted = [fields for fields in group if fields["number"] <= last.number]
        if not wanted:
            return
        yield from _lines_of(book, wanted)


def _lines_of(book: Book, group: list[Fields]) -> Iterator[bytes]:
    rows = stored.sealed_in(book, [fields["id"] for fields in group])
    for fields in group:
        said = {key: fields[key] for key in SAID}
        yield exports.segment_line(said, fields["hash"], fields["seal"])
        yield from (chain.line(r.id, r.digest, r.content) for r in rows if r.segment == fields["id"])


def _flush(draft: Path) -> None:
    for path in (*draft.iterdir(), draft):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _facts(manifest: Manifest) -> dict[str, object]:
    """What the removal of old rows will ask: which part of each chain the files hold."""
    parts = manifest.books.items()
    return {book.value: {"before": part.before, "last": part.last, "hash": part.last_hash} for book, part in parts}
