"""The rows of a batch into one sorted Parquet file of the lake, in the order in which documents are read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb

from jiahe.catalogue import Category
from jiahe.gathering.encryption import DIGEST, ENCRYPT
from jiahe.lake.columns import columns
from jiahe.lake.engines.duckdb import literal, name
from jiahe.lake.tables import NewFile
from jiahe.lake.versions import key_columns


def write(
    session: duckdb.DuckDBPyConnection,
    category: Category,
    folder: Path,
    batch: int,
    rows: str,
    *,
    loaded_on: date,
    history: bool,
    absent: bool,
) -> NewFile | None:
    """Write what changed (a sub-query with `_change`), and the absent records of a full load; None where nothing did."""
    folder.mkdir(parents=True, exist_ok=True)
    file = f"{batch:010d}.parquet"
    selected = rows_of(category, rows, batch, loaded_on, history)
    if absent:
        selected = f"{selected} UNION ALL BY NAME {_withdrawn(category, batch, loaded_on)}"
    order = ", ".join(name(c) for c in key_columns(category))
    written = session.execute(
        f"COPY ({selected} ORDER BY {order}) TO {literal(str(folder / file))} (FORMAT parquet, COMPRESSION zstd)"
    ).fetchone()
    records = int(written[0]) if written else 0
    if not records:
        (folder / file).unlink()
        return None
    return NewFile(file, records, batch, batch)


def rows_of(category: Category, rows: str, batch: int, loaded_on: date, history: bool) -> str:
    """The records of a sub-query with `_change` in the lake's columns, encrypted where the catalogue says so."""
    business = f"CAST({name(category.business_date)} AS DATE)"
    system = {
        "_batch": f"{batch}::BIGINT",
        "_business_date": business,
        "_loaded_on": f"DATE '{loaded_on}'",
        "_available_on": _available_on(category, business, loaded_on, history),
    }
    encrypted = {}
    for item in category.items:
        if item.encrypted:
            encrypted[item.code] = f"{ENCRYPT}({name(item.code)})"
            encrypted[f"{item.code}_digest"] = f"{DIGEST}({name(item.code)})"
    expressions = system | encrypted
    selected = ", ".join(f"{expressions.get(c.name, name(c.name))} AS {name(c.name)}" for c in columns(category))
    return f"SELECT {selected} FROM {rows}"


def _available_on(category: Category, business: str, loaded_on: date, history: bool) -> str:
    """Regular deliveries are known from the load date; back-loaded history from when it would have been delivered."""
    loaded = f"DATE '{loaded_on}'"
    if not history:
        return loaded
    usual = f"({business} + {category.usual_delay_days})"
    return f"CASE WHEN _change = 'I' THEN least({loaded}, coalesce({usual}, {loaded})) ELSE {loaded} END"


def _withdrawn(category: Category, batch: int, loaded_on: date) -> str:
    """The last version of each absent record once more, as withdrawn."""
    changed = {"_batch": f"{batch}::BIGINT", "_change": "'W'", "_loaded_on": f"DATE '{loaded_on}'"}
    changed["_available_on"] = changed["_loaded_on"]
    selected = ", ".join(f"{changed.get(c.name, name(c.name))} AS {name(c.name)}" for c in columns(category))
    return f"SELECT {selected} FROM absent"


def newest_business_date(session: duckdb.DuckDBPyConnection, file: Path) -> date | None:
    row = session.execute(f"SELECT max(_business_date) FROM read_parquet({literal(str(file))})").fetchone()
    return row[0] if row else None
