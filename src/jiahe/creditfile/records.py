"""A record as readers meet it: typed values in the catalogue's units, its dates, its visibility."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from jiahe.catalogue import Category
from jiahe.creditfile.layout import Layout, Row, Value, day, layout_of
from jiahe.creditfile.models import MarkKind
from jiahe.kit.statements import Rows, send

ATTRIBUTES = (
    "category",
    "key",
    "values",
    "business_date",
    "available_on",
    "loaded_on",
    "batch",
    "generated",
    "open_until",
    "retained_until",
    "disputed",
    "repaired",
)
# Plain SQL, because every read waits for it.
_MARKS = (
    "SELECT category, record_key, kind FROM creditfile_recordmark"
    " WHERE serial = %s AND since <= %s AND (lifted_on IS NULL OR lifted_on > %s)"
)


class Record:
    """One current record. Money and other decimals are in their item's own unit; encrypted items are masked.

    It is made of its stored row, and understood when it is looked at: a file has hundreds, of which a page shows few.
    """

    __slots__ = ("_layout", "_row", "_values", "disputed", "repaired")

    def __init__(self, layout: Layout, row: Row, *, disputed: bool = False, repaired: bool = False) -> None:
        self._layout = layout
        self._row = row
        self._values: dict[str, Value] | None = None
        self.disputed: Final = disputed
        self.repaired: Final = repaired

    @property
    def category(self) -> str:
        return self._layout.category.code

    @property
    def key(self) -> str:
        """By which text marks name the record among those of an enterprise."""
        return self._layout.key(self._row)

    @property
    def values(self) -> dict[str, Value]:
        """By item code, in the catalogue's order."""
        if self._values is None:
            self._values = self._layout.values(self._row)
        return self._values

    def value(self, code: str) -> Value:
        """One of `values`, without working out the others; None for an item that the category does not have."""
        return self._layout.value(self._row, code) if self._values is None else self._values.get(code)

    @property
    def filled(self) -> set[str]:
        """The codes of the items that have a value."""
        return self._layout.filled(self._row)

    @property
    def business_date(self) -> date | None:
        return day(self._stored("_business_date"))

    @property
    def available_on(self) -> date:
        return day(self._stored("_available_on")) or date.min

    @property
    def loaded_on(self) -> date:
        return day(self._stored("_loaded_on")) or date.min

    @property
    def batch(self) -> int:
        return int(self._stored("_batch"))

    @property
    def generated(self) -> bool:
        return bool(self._stored("_generated"))

    @property
    def open_until(self) -> date | None:
        return day(self._stored("_open_until"))

    @property
    def retained_until(self) -> date | None:
        return day(self._stored("_retained_until"))

    def _stored(self, column: str) -> Any:
        return self._row[self._layout.place[column]]

    def marked(self, *, disputed: bool, repaired: bool) -> Record:
        """The same record with these marks."""
        return Record(self._layout, self._row, disputed=disputed, repaired=repaired)

    def with_persons_masked(self) -> Record:
        """The record with the names of private persons reduced to their first character; duties are not private."""
        layout = self._layout.with_persons_masked
        return Record(layout, self._row, disputed=self.disputed, repaired=self.repaired)

    def as_dict(self) -> dict[str, Any]:
        """All that readers may know of the record."""
        return {attribute: getattr(self, attribute) for attribute in ATTRIBUTES}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Record) and self.as_dict() == other.as_dict()

    __hash__ = None  # type: ignore[assignment]  # its values are a dict


def records(category: Category, columns: tuple[str, ...], rows: Sequence[Row]) -> list[Record]:
    """The records of rows that come in the order of their keys: the newest first, on one business date the last key."""
    layout = layout_of(category, columns)
    dated = layout.place["_business_date"]
    ordered = sorted(rows, key=lambda row: str(row[dated] or ""))
    ordered.reverse()
    return [Record(layout, row) for row in ordered]


def marks(serial: int, *, today: date) -> Rows:
    """The disputes and repairs of an enterprise that are in force today, asked for at once and waited for when called."""
    return send(_MARKS, [serial, today, today])


def marked(found: dict[str, list[Record]], rows: Rows) -> dict[str, list[Record]]:
    """The records by category code with their `marks`."""
    kinds: dict[str, dict[str, set[str]]] = {}
    for category, key, kind in rows():
        kinds.setdefault(category, {}).setdefault(key, set()).add(kind)
    changed = {code: [_with(r, kinds[code].get(r.key)) for r in found[code]] for code in kinds if code in found}
    return found | changed


def _with(found: Record, kinds: set[str] | None) -> Record:
    if not kinds:
        return found
    return found.marked(disputed=MarkKind.DISPUTED in kinds, repaired=MarkKind.REPAIRED in kinds)
