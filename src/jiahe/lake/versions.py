"""Which version of a record is the current one, or was known on a day, as SQL over a table's files.

Every version is kept. A row with change U or W supersedes the earlier rows with the same key; a row
with change I supersedes nothing. So the superseding rows are few, and an anti-join against them finds
the current ones without sorting the table.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from jiahe.catalogue import Category
from jiahe.lake.columns import columns
from jiahe.lake.engines.duckdb import literal, name


def versions(category: Category, files: Iterable[Path]) -> str:
    """A sub-query of all versions in Parquet files; an item newer than a file reads as NULL."""
    empty = ", ".join(f"NULL::{c.sql_type} AS {name(c.name)}" for c in columns(category))
    listed = ", ".join(literal(str(file)) for file in files)
    if not listed:
        return f"(SELECT {empty} WHERE false)"
    selected = ", ".join(name(c.name) for c in columns(category))
    stored = f"SELECT * FROM read_parquet([{listed}], union_by_name = true)"
    return f"(SELECT {selected} FROM ({stored} UNION ALL BY NAME SELECT {empty} WHERE false))"


def key_columns(category: Category) -> list[str]:
    """The columns that identify a record: the enterprise's serial stands for its code."""
    return ["_serial", *(code for code in category.key if code != "uscc")]


def same_key(category: Category, left: str, right: str) -> str:
    return " AND ".join(f"{left}.{name(c)} = {right}.{name(c)}" for c in key_columns(category))


def current(category: Category, files: Iterable[Path], *, as_of: date | None = None, where: str = "true") -> str:
    """A sub-query of the records as they stand, or as they were known on a day.

    `where` narrows by columns that do not change between versions of a record (`_serial`, key items).
    """
    return current_among(versions(category, files), category, as_of=as_of, where=where)


def current_among(among: str, category: Category, *, as_of: date | None = None, where: str = "true") -> str:
    """The same among the rows of a sub-query of all versions, in SQL that both engines understand."""
    known = f"_available_on <= DATE '{as_of}'" if as_of else "true"
    source = f"(SELECT * FROM {among} WHERE {known} AND ({where}))"
    keys = ", ".join(name(c) for c in (*key_columns(category), "_batch"))
    return f"""(SELECT v.* FROM {source} v ANTI JOIN (
        SELECT {keys} FROM {source} WHERE _change <> 'I') later
        ON {same_key(category, "v", "later")} AND later._batch > v._batch
        WHERE v._change <> 'W')"""
