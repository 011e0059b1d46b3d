"""What the columns of stored rows mean, worked out once for each (category, columns).

Rows come from documents, with dates as ISO text, and from the lake, with dates as such; decimals are scaled integers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any

from jiahe.catalogue import Category, Item, ItemType
from jiahe.kit.crypto import keyring, mask, mask_name

Value = str | int | Decimal | date | bool | None
Row = Sequence[Any]
Convert = Callable[[Any], Value]
LAYOUTS = 1_000


@dataclass(frozen=True, eq=False)
class Layout:
    """The places of a category's columns in a row, and how the items' stored values become typed ones."""

    category: Category
    columns: tuple[str, ...]
    persons_masked: bool = False

    @cached_property
    def place(self) -> dict[str, int]:
        return {column: n for n, column in enumerate(self.columns)}

    def key(self, row: Row) -> str:
        """By which text marks name a record of an enterprise."""
        return "|".join([str(row[n]) for n in self._key_places])

    def values(self, row: Row) -> dict[str, Value]:
        """The typed values by item code; None for an item that is newer than the row."""
        known = (*row, None)
        found = {code: known[n] for code, n in self._item_places}
        for code, convert in self._converters:
            if (stored := found[code]) is not None:
                found[code] = convert(stored)
        return found

    def value(self, row: Row, code: str) -> Value:
        """One item's typed value; None for an item that the category does not have."""
        place, convert = self._known.get(code, (-1, None))
        stored = None if place < 0 else row[place]
        return convert(stored) if convert and stored is not None else stored

    def filled(self, row: Row) -> set[str]:
        """The codes of the items that have a value."""
        return {code for code, place in self._item_places if place >= 0 and row[place] is not None}

    @cached_property
    def with_persons_masked(self) -> Layout:
        """The same, where names of private persons are reduced to their first character."""
        return replace(self, persons_masked=True)

    @cached_property
    def _key_places(self) -> list[int]:
        return [self.place[code] for code in self.category.key if code != "uscc"]

    @cached_property
    def _item_places(self) -> list[tuple[str, int]]:
        """An item that a row does not have stands at its end, where None is put."""
        return [(item.code, self.place.get(item.code, -1)) for item in self.category.items]

    @cached_property
    def _known(self) -> dict[str, tuple[int, Convert | None]]:
        converters = dict(self._converters)
        return {code: (place, converters.get(code)) for code, place in self._item_places}

    @cached_property
    def _converters(self) -> list[tuple[str, Convert]]:
        """By item code, for those items whose stored value is not yet what it means."""
        hidden = self.category.personal if self.persons_masked else ()
        found = ((item.code, mask_name if item.code in hidden else _converter(item)) for item in self.category.items)
        return [(code, convert) for code, convert in found if convert is not None]


@lru_cache(maxsize=LAYOUTS)
def layout_of(category: Category, columns: tuple[str, ...]) -> Layout:
    """The layout, made once."""
    return Layout(category, columns)


def day(stored: str | date | None) -> date | None:
    return date.fromisoformat(stored) if isinstance(stored, str) else stored


def _converter(item: Item) -> Convert | None:
    if item.encrypted:
        return _opened_and_masked
    if item.type is ItemType.DECIMAL:
        return _decimal(item.scale)
    if item.type in (ItemType.DATE, ItemType.YEAR_MONTH):
        return day
    return None


def _opened_and_masked(stored: str) -> str:
    return mask(keyring().decrypt(stored))


def _decimal(scale: int) -> Convert:
    """Decimals without trailing zeros; of whole ones `normalize` would take those before the point too."""
    one, unit = 10**scale, Decimal(1).scaleb(-scale)

    def convert(stored: int) -> Decimal:
        return Decimal(stored // one) if stored % one == 0 else (stored * unit).normalize()

    return convert
