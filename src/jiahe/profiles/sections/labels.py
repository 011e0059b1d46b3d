"""Honours, grades and traits as chips at the head of the file: what, from whom, until when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from jiahe.catalogue import Category, Item, ItemType, Section, load, names
from jiahe.kit import clock
from jiahe.profiles import Profile, Record
from jiahe.profiles.sections.cells import Cell, cell, is_numeric, rows, together

ENDS = ("valid_until", "valid_to", "expires_on", "valid_to_on")
NUMBERS = ("_no", "_number", "batch")


@dataclass(frozen=True)
class Chip:
    """One label: its words, its facts, and whether its validity has ended."""

    kind: str
    text: str
    source: str
    until: date | None
    ended: bool
    cells: tuple[Cell, ...]
    record: Record

    @property
    def facts(self) -> SafeString:
        return together(c.brief for c in self.cells)


def chips(profile: Profile) -> tuple[Chip, ...]:
    """Labels in force first, then those ended; within each the newest first.

    A label without an end (a yearly grade) holds until the next one: only the newest is shown.
    """
    categories = [c for c in load().categories.values() if c.section is Section.LABELS]
    found = [chip for c in categories for chip in _in_force(c, profile.records.get(c.code, []))]
    return tuple(sorted(found, key=lambda c: (c.ended, -(c.record.business_date or date.min).toordinal())))


def _in_force(category: Category, records: Sequence[Record]) -> list[Chip]:
    """A file may have hundreds of records of which few are shown: only those are written."""
    dated = [(r, _until(r)) for r in records]
    kept = [(r, until) for r, until in dated if until] + [(r, None) for r, until in dated if not until][:1]
    items = [i for i in category.items if i.code not in ("uscc", "name")]
    written = rows(items, [r for r, _ in kept])
    return [_chip(category, r, until, cells) for (r, until), cells in zip(kept, written, strict=True)]


def _until(record: Record) -> date | None:
    return next((v for code in ENDS if isinstance(v := record.values.get(code), date)), None)


def _chip(category: Category, record: Record, until: date | None, cells: Sequence[Cell]) -> Chip:
    return Chip(
        kind=names.said(category.name),
        text=_words(category, record),
        source=names.source(category),
        until=until,
        ended=until is not None and until < clock.today(),
        cells=tuple(c for c in cells if not c.missing),
        record=record,
    )


def _words(category: Category, record: Record) -> str:
    """The value that says what the label is: a grade or name before a figure, never a document's number."""
    present = [i for i in category.items if record.values.get(i.code) not in (None, "")]
    spoken = [i for i in present if _speaks(i)] or [i for i in present if is_numeric(i)]
    return " ".join(cell(i, record).text for i in spoken[:1])


def _speaks(item: Item) -> bool:
    return item.type in (ItemType.CODE, ItemType.STRING) and not (
        item.code in ("uscc", "name") or item.code.endswith(NUMBERS)
    )
