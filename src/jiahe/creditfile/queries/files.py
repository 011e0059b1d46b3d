"""One category of many enterprises at once, from the lake: SQL over its current records.

The documents are keyed for one enterprise; thousands of them are opened and parsed more slowly than the lake's columns
are read (docs/architecture/performance.md).
"""

from __future__ import annotations

from datetime import date

from jiahe.catalogue import Category, Item
from jiahe.creditfile import visibility
from jiahe.lake.engines.duckdb import name
from jiahe.lake.tables import LakeTable
from jiahe.lake.versions import current


def records_of(category: Category, *, serials: str, today: date) -> str:
    """A sub-query of the current records of the enterprises in a table, with the ends of publicity and retention."""
    files = [f.path for f in LakeTable(category).files()]
    found = current(category, files, where=f"_serial IN (SELECT _serial FROM {serials})")
    return (
        f"(SELECT *, {visibility.open_until(category, today=today)} AS _open_until,"
        f" {visibility.retained_until(category, today=today)} AS _retained_until FROM {found})"
    )


def key_of(category: Category, table: str) -> str:
    """A SQL expression of the text by which marks name a record, as `Layout.key` writes it."""
    parts = [f"{table}.{name(code)}::VARCHAR" for code in category.key if code != "uscc"]
    return f"concat_ws('|', {', '.join(parts)})" if parts else "''"


def item_of(category: Category, item: Item, table: str, *, names: bool) -> str:
    """A SQL expression of an item as columns hold it; private persons' names whole, or by their first sign.

    Decimals are scaled integers. Sealed items stay sealed.
    """
    column = f"{table}.{name(item.code)}"
    if names or item.code not in category.personal:
        return column
    return f"left({column}, 1) || repeat('*', least(length({column}) - 1, 8)) AS {name(item.code)}"
