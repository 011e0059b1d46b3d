"""Honours, grades and traits as chips at the head of the file: what, from whom, until when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from jiahe.catalogue import Category, Item, ItemType, Section, load, names
from jiahe.kit import clock
from jiahe.profiles import Profile, Record
from jiahe.profiles.sections.cells import Cell, cell, is_numeric, rows, together
from jiahe.profiles.sections.marks import dated, generated_stamp

ENDS = ("valid_until", "valid_to", "expires_on", "valid_to_on")
NUMBERS = ("_no", "_number", "batch")


@dataclass(frozen=True)
class Chip:
    """One label: its words, its facts, and whether its validity has ended; `among_real`: of a real enterprise."""

    kind: str
    text: str
    source: str
    until: date | None
    ended: bool
    cells: tuple[Cell, ...]
    record: Record
    among_real: bool = False

    @property
    def facts(self) -> SafeString:
        return together(c.brief for c in self.cells)

    @property
    def li(self) -> SafeString:
        """The chip with its sheet. Written here and not in a template: a page has dozens."""
        text = f" <strong>{escape(self.text)}</strong>" if self.text else ""
        ended = f" · {escape(_('已到期'))}" if self.ended else ""
        made = f" {generated_stamp()}" if self.among_real and self.record.generated else ""
        tone = " chip--ended" if self.ended else ""
        return SafeString(
            f'<li><details class="chip{tone}" name="chip" data-sheet><summary>{escape(self.kind)}{text}{ended}{made}</summary>'
            f'<div class="chip__sheet"><dl>{self.facts}</dl>{dated(self.record, self.source)}</div></details></li>'
        )


def chips(profile: Profile) -> tuple[Chip, ...]:
    """Labels in force first, then those ended; within each the newest first.

    A label without an end (a yearly grade) holds until the next one: only the newest is shown.
    """
    categories = [c for c in load().categories.values() if c.section is Section.LABELS]
    real = not profile.enterprise.generated
    found = [chip for c in categories for chip in _in_force(c, profile.records.get(c.code, []), real)]
    return tuple(sorted(found, key=lambda c: (c.ended, -(c.record.business_date or date.min).toordinal())))


def _in_force(category: Category, records: Sequence[Record], real: bool) -> list[Chip]:
    """A file may have hundreds of records of which few are shown: only those are written."""
    dated = [(r, _until(r)) for r in records]
    kept = [(r, until) for r, until in dated if until] + [(r, None) for r, until in dated if not until][:1]
    items = [i for i in category.items if i.code not in ("uscc", "name")]
    written = rows(items, [r for r, _ in kept])
    return [_chip(category, r, until, cells, real) for (r, until), cells in zip(kept, written, strict=True)]


def _until(record: Record) -> date | None:
    return next((v for code in ENDS if isinstance(v := record.value(code), date)), None)


def _chip(category: Category, record: Record, until: date | None, cells: Sequence[Cell], real: bool) -> Chip:
    return Chip(
        kind=names.said(category.name),
        text=_words(category, record),
        source=names.source(category),
        until=until,
        ended=until is not None and until < clock.today(),
        cells=tuple(c for c in cells if not c.missing),
        record=record,
        among_real=real,
    )


def _words(category: Category, record: Record) -> str:
    """The value that says what the label is: a grade or name before a figure, never a document's number."""
    present = [i for i in category.items if record.value(i.code) not in (None, "")]
    spoken = [i for i in present if _speaks(i)] or [i for i in present if is_numeric(i)]
    return " ".join(cell(i, record).text for i in spoken[:1])


def _speaks(item: Item) -> bool:
    return item.type in (ItemType.CODE, ItemType.STRING) and not (
        item.code in ("uscc", "name") or item.code.endswith(NUMBERS)
    )
