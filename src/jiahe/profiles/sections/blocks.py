"""A category of a credit file as a block on the page: facts, a monthly series, or a table of records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from html import escape
from typing import NamedTuple

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from jiahe.catalogue import Category, Item, ItemType, names
from jiahe.profiles import EnterpriseHead, Record
from jiahe.profiles.sections import cells
from jiahe.profiles.sections.cells import Cell, is_numeric, together
from jiahe.profiles.sections.marks import dated, is_marked, stamps
from jiahe.web import formats

TABLE_COLUMNS = 5
TABLE_FIGURES = 2
TABLE_ROWS = 6
SERIES_COLUMNS = 3
SERIES_ROWS = 24
FEWEST_FOR_A_SERIES = 3
FACTS_SHOWN_MISSING = 12


class Row(NamedTuple):
    """One record: the cells of its table, or all its facts; its dates and marks.

    `origin` are the last cells in a table: where the record comes from, and since when it is here.
    """

    cells: tuple[Cell, ...]
    record: Record
    month: str = ""
    origin: str = ""

    @property
    def day(self) -> str:
        on = self.record.business_date
        return on.isoformat() if on else "—"

    @property
    def tds(self) -> SafeString:
        return together(c.td for c in self.cells)

    def stamps(self, *, mixed: bool) -> str:
        """Its marks with a space before them, or nothing; `mixed`: generated rows stand among real ones."""
        return f" {stamps(self.record, generated=mixed)}" if mixed or is_marked(self.record) else ""

    @property
    def facts(self) -> SafeString:
        return together(c.fact for c in self.cells)


@dataclass(frozen=True)
class Column:
    """A column's label, and the unit that most of its cells have; the cells then leave it out."""

    label: str
    unit: str
    numeric: bool

    @property
    def th(self) -> SafeString:
        number = ' class="number"' if self.numeric else ""
        unit = f'<span class="unit">{escape(self.unit)}</span>' if self.unit else ""
        return SafeString(f'<th scope="col"{number}>{escape(self.label)}{unit}</th>')


@dataclass(frozen=True)
class Block:
    """One category with records. `form` is facts, series or table; `total` counts all records, `rows` those shown.

    `last_known_at` is set where the category's source did not answer; `refused` counts the rows of an answer that
    are not shown.
    """

    category: Category
    form: str
    rows: tuple[Row, ...]
    total: int
    columns: tuple[Column, ...] = ()
    missing: tuple[str, ...] = ()
    last_known_at: datetime | None = None
    refused: int = 0

    @cached_property
    def name(self) -> str:
        return names.said(self.category.name)

    @cached_property
    def source(self) -> str:
        return names.source(self.category)

    @property
    def frequency(self) -> str:
        return str(names.FREQUENCIES[self.category.frequency])

    @cached_property
    def generated(self) -> bool:
        """Whether all rows shown are generated data: said once, at the head of the block."""
        return all(row.record.generated for row in self.rows)

    @cached_property
    def mixed(self) -> bool:
        """Whether generated data stands among real data: then each such row says so."""
        return not self.generated and any(row.record.generated for row in self.rows)

    @cached_property
    def heads(self) -> SafeString:
        """The heads of the columns."""
        return together(c.th for c in self.columns)

    @property
    def body(self) -> SafeString:
        """The rows of a table of records."""
        label, mixed = escape(_("业务日期")), self.mixed
        return together(
            SafeString(
                f'<tr><td class="day" data-label="{label}"><span>{row.day}'
                f"{row.stamps(mixed=mixed)}</span></td>{row.tds}{row.origin}</tr>"
            )
            for row in self.rows
        )

    @property
    def months(self) -> SafeString:
        """The rows of a monthly series."""
        mixed = self.mixed
        return together(
            SafeString(
                f'<tr data-month="{row.month}"><th scope="row" class="day">{row.month}{row.stamps(mixed=mixed)}</th>'
                f"{row.tds}{row.origin}</tr>"
            )
            for row in self.rows
        )

    @property
    def dated(self) -> SafeString:
        """Source and dates of the one record of which these are the facts."""
        return dated(self.rows[0].record, self.source)

    @property
    def more(self) -> bool:
        return self.total > len(self.rows)

    @property
    def way(self) -> str:
        """What the link to all of the category says."""
        return _("全部 %(total)s 条") % {"total": formats.grouped(self.total)} if self.more else _("明细与口径")


def block(category: Category, records: Sequence[Record], head: EnterpriseHead) -> Block:
    """The category's block in a section: what matters of the newest records."""
    if category.key == ("uscc",) and len(records) == 1:
        return facts(category, records[0], head)
    if _is_series(category) and len(records) >= FEWEST_FOR_A_SERIES:
        return series(category, records[:SERIES_ROWS], len(records), SERIES_COLUMNS)
    items = _columns(category, records[:TABLE_ROWS], head)
    rows = list(map(Row, cells.rows(items, records[:TABLE_ROWS]), records))
    return _tabular(category, "table", rows, len(records))


def facts(category: Category, record: Record, head: EnterpriseHead) -> Block:
    """All facts of one record. Of those missing the first few stand with their dash, the others are only named."""
    written = cells.rows(_own_items(category, [record], head), [record])[0]
    shown = tuple(c for n, c in enumerate(written) if not c.missing or n < FACTS_SHOWN_MISSING)
    missing = tuple(c.label for n, c in enumerate(written) if c.missing and n >= FACTS_SHOWN_MISSING)
    return Block(category, "facts", (Row(shown, record),), 1, missing=missing)


def series(category: Category, records: Sequence[Record], total: int, width: int | None = None) -> Block:
    """A monthly series, the newest month first; months without a record stay gaps."""
    filled = _filled(records)
    items = [i for i in category.items if is_numeric(i) and i.code in filled]
    items = items[:width]
    rows = [
        Row(written, r, _month(category, r)) for written, r in zip(cells.rows(items, records), records, strict=True)
    ]
    return _tabular(category, "series", rows, total)


def _tabular(category: Category, form: str, rows: Sequence[Row], total: int) -> Block:
    """A block whose units stand in the column heads."""
    columns = [_column(one) for one in zip(*(row.cells for row in rows), strict=True)]
    before = _source(category) if form == "table" else '<td class="from day">'
    lean = tuple(
        Row(
            tuple(map(_without_unit, row.cells, columns)),
            row.record,
            row.month,
            SafeString(f"{before}{row.record.loaded_on}</td>"),
        )
        for row in rows
    )
    return Block(category, form, lean, total, tuple(columns))


def _source(category: Category) -> str:
    """Two cells of a table's row, up to the day on which its record was loaded; alike for all rows."""
    source = f'<td class="from" data-label="{escape(_("来源"))}">{escape(names.source(category))}</td>'
    return f'{source}<td class="from day" data-label="{escape(_("归集日期"))}">'


def _column(written: Sequence[Cell]) -> Column:
    units = Counter(c.unit for c in written if not c.missing)
    return Column(written[0].label, max(units, key=lambda u: units[u], default=""), written[0].numeric)


def _without_unit(written: Cell, column: Column) -> Cell:
    if not column.unit or written.unit not in (column.unit, ""):
        return written
    return written._replace(unit="", label=f"{column.label} ({column.unit})")


def is_series_of(category: Category, records: Sequence[Record]) -> bool:
    return _is_series(category) and len(records) >= FEWEST_FOR_A_SERIES


def _is_series(category: Category) -> bool:
    """One record a month, and nothing else that tells records apart."""
    kind = category.by_code[category.business_date].type
    return kind is ItemType.YEAR_MONTH and set(category.key) == {"uscc", category.business_date}


def _month(category: Category, record: Record) -> str:
    month = record.value(category.business_date)
    return f"{month:%Y-%m}" if isinstance(month, date) else ""


def _own_items(category: Category, records: Sequence[Record], head: EnterpriseHead) -> list[Item]:
    """All items but code and name of the enterprise itself, which stand at the head of the page."""
    known = {head.uscc, head.name}
    same = {
        i.code for i in category.items if i.code in ("uscc", "name") and all(r.value(i.code) in known for r in records)
    }
    return [i for i in category.items if i.code not in same]


def _columns(category: Category, records: Sequence[Record], head: EnterpriseHead) -> list[Item]:
    """The few items that tell a record at a glance, words and figures, in the catalogue's order.

    No long texts, nothing secret, nothing that is empty throughout.
    """
    filled = _filled(records)
    fit = [
        i
        for i in _own_items(category, records, head)
        if i.type is not ItemType.TEXT and not i.encrypted and i.code != category.business_date and i.code in filled
    ]
    figures = [i for i in fit if is_numeric(i)]
    words = [i for i in fit if not is_numeric(i)]
    room = max(TABLE_FIGURES, TABLE_COLUMNS - len(words))
    chosen = {i.code for i in words[: TABLE_COLUMNS - min(room, len(figures))] + figures[:room]}
    return [i for i in fit if i.code in chosen]


def _filled(records: Sequence[Record]) -> set[str]:
    """The items of which at least one of the records has a value."""
    return set().union(*(r.filled for r in records))
