"""Whether both books are as they were written; whoever asked is in the journal with the answer."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction

from jiahe.audit.faults import Fault, Tampered
from jiahe.audit.journal import write
from jiahe.audit.models import Book
from jiahe.audit.sealing import seal
from jiahe.audit.verification import Walk, walk
from jiahe.kit.actor import Actor
from jiahe.kit.locks import exclusive

VERIFIED = "audit.verify"
SUBJECT = "books:all"
HISTORY = "audit-history"  # held while the history is read from its beginning, and while its beginning moves


@dataclass(frozen=True)
class Report:
    """How far each book is in order, and the first fault where there is one."""

    walks: tuple[Walk, ...]
    fault: Fault | None
    seconds: float

    @property
    def rows(self) -> int:
        return sum(one.rows for one in self.walks)


def verify(*, actor: Actor, progress: Callable[[Walk], None] = lambda walk: None) -> Report:
    """Seal what waits, check both books from their beginnings, and write down who asked and what it was."""
    started = time.monotonic()
    seal()
    walks: list[Walk] = []
    with exclusive(HISTORY):
        fault = _first_fault(walks, progress)
    report = Report(tuple(walks), fault, round(time.monotonic() - started, 3))
    with transaction.atomic():
        write(actor=actor, action=VERIFIED, subject=SUBJECT, facts=_facts(report))
    return report


def _first_fault(walks: list[Walk], progress: Callable[[Walk], None]) -> Fault | None:
    """Fills `walks` with the books that are in order."""
    try:
        walks.extend(walk(book, progress) for book in Book)
    except Tampered as found:
        return found.fault
    return None


def _facts(report: Report) -> dict[str, object]:
    facts: dict[str, object] = {"ok": report.fault is None, "rows": report.rows}
    if fault := report.fault:
        facts |= {"fault": fault.kind, "book": fault.book, "row": fault.row, "segment": fault.segment}
    return facts
