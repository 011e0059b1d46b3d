"""How the items of a category lie in the lake: column names and types, generated from the catalogue."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

from jiahe.catalogue import Category, Item, ItemType


@dataclass(frozen=True)
class Column:
    name: str
    sql_type: str
    arrow_type: pa.DataType


SYSTEM_COLUMNS = (
    Column("_serial", "BIGINT", pa.int64()),  # the enterprise's registry serial
    Column("_batch", "BIGINT", pa.int64()),  # the ledger's batch; later versions of a record have higher ones
    Column("_change", "VARCHAR", pa.string()),  # I inserted, U updated, W withdrawn
    Column("_business_date", "DATE", pa.date32()),
    Column("_loaded_on", "DATE", pa.date32()),
    Column("_available_on", "DATE", pa.date32()),  # the day from which an as-of question may know of it
    Column("_generated", "BOOLEAN", pa.bool_()),
)

ITEM_STORAGE: dict[ItemType, tuple[str, pa.DataType]] = {
    ItemType.STRING: ("VARCHAR", pa.string()),
    ItemType.TEXT: ("VARCHAR", pa.string()),
    ItemType.CODE: ("VARCHAR", pa.string()),
    ItemType.INTEGER: ("BIGINT", pa.int64()),
    ItemType.DECIMAL: ("BIGINT", pa.int64()),
    ItemType.DATE: ("DATE", pa.date32()),
    ItemType.YEAR_MONTH: ("DATE", pa.date32()),
    ItemType.BOOLEAN: ("BOOLEAN", pa.bool_()),
}


def item_columns(item: Item) -> tuple[Column, ...]:
    """The item's column; an encrypted item has its keyed digest beside it."""
    column = Column(item.code, *ITEM_STORAGE[item.type])
    return (column, Column(digest_name(item), "VARCHAR", pa.string())) if item.encrypted else (column,)


def digest_name(item: Item) -> str:
    return f"{item.code}_digest"


def columns(category: Category) -> tuple[Column, ...]:
    """All columns of a category's table, system columns first."""
    return (*SYSTEM_COLUMNS, *(c for item in category.items for c in item_columns(item)))


def arrow_schema(category: Category) -> pa.Schema:
    return pa.schema([pa.field(c.name, c.arrow_type) for c in columns(category)])


def compared_columns(category: Category) -> tuple[str, ...]:
    """What decides whether two versions of a record are the same: all items, encrypted ones by their digest."""
    return tuple(item_columns(item)[-1].name for item in category.items)
