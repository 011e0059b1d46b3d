"""What a delivery changes: each accepted record against the current one with its key.

`change` lists the rows to write: (_row of the delivery, _change) for inserted, updated and withdrawn
records; records that the delivery leaves out of a full load are withdrawn in `absent`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from jiahe.catalogue import Category
from jiahe.gathering.encryption import DIGEST
from jiahe.lake.columns import digest_name
from jiahe.lake.engines.duckdb import name
from jiahe.lake.versions import current, key_columns, same_key


@dataclass(frozen=True)
class Changes:
    """How many records a delivery inserts, updates, leaves as they are, and withdraws."""

    inserted: int
    updated: int
    unchanged: int
    withdrawn: int


def compare(
    session: duckdb.DuckDBPyConnection, category: Category, accepted: str, files: list[Path], *, within: str | None
) -> Changes:
    """Fill `change` and, for a full load, `absent`; `within` is the stock that a full load stands for, as SQL."""
    session.execute(f"CREATE TEMP TABLE incoming AS SELECT * FROM {accepted}")
    stock = (
        current(category, files)
        if within
        else current(category, files, where="_serial IN (SELECT _serial FROM incoming)")
    )
    session.execute(f"""CREATE TEMP TABLE change AS
        SELECT i._row, CASE
            WHEN i._withdraw THEN CASE WHEN c._serial IS NULL THEN '=' ELSE 'W' END
            WHEN c._serial IS NULL THEN 'I'
            WHEN {_older(category)} OR NOT ({_differs(category)}) THEN '='
            ELSE 'U' END AS _change
        FROM incoming i LEFT JOIN {stock} c ON {same_key(category, "i", "c")}""")
    counts = dict(session.execute("SELECT _change, count(*) FROM change GROUP BY 1").fetchall())
    absent = _absent(session, category, stock, within) if within else 0
    return Changes(counts.get("I", 0), counts.get("U", 0), counts.get("=", 0), counts.get("W", 0) + absent)


def first(session: duckdb.DuckDBPyConnection, accepted: str) -> Changes:
    """A delivery into an empty table: nothing to compare with, everything is new."""
    row = session.execute(f"SELECT count(*), count(*) FILTER (_withdraw) FROM {accepted}").fetchone() or (0, 0)
    return Changes(inserted=row[0] - row[1], updated=0, unchanged=row[1], withdrawn=0)


def _older(category: Category) -> str:
    """Whether the delivery is older than what is there, for categories that declare a version item."""
    if category.version is None:
        return "false"
    return f"coalesce(i.{name(category.version)} < c.{name(category.version)}, false)"


def _differs(category: Category) -> str:
    """Whether any item differs; encrypted ones are compared by their digest, since every ciphertext is new."""
    pairs = [
        (f"{DIGEST}(i.{name(item.code)})", f"c.{name(digest_name(item))}")
        if item.encrypted
        else (f"i.{name(item.code)}", f"c.{name(item.code)}")
        for item in category.items
        if item.code not in category.key
    ]
    return " OR ".join(f"{a} IS DISTINCT FROM {b}" for a, b in pairs) or "false"


def _absent(session: duckdb.DuckDBPyConnection, category: Category, stock: str, within: str) -> int:
    """Current records that a full load does not bring; a key in a refused row counts as present."""
    keys = ", ".join(name(c) for c in key_columns(category))
    brought = f"(SELECT {keys} FROM incoming UNION ALL SELECT {keys} FROM typed SEMI JOIN refused USING (_row))"
    session.execute(f"""CREATE TEMP TABLE absent AS
        SELECT c.* FROM {stock} c ANTI JOIN {brought} b ON {same_key(category, "c", "b")} WHERE {within}""")
    row = session.execute("SELECT count(*) FROM absent").fetchone()
    return int(row[0]) if row else 0


def stock_size(session: duckdb.DuckDBPyConnection, category: Category, files: list[Path], within: str) -> int:
    """How many current records a full load stands for."""
    row = session.execute(f"SELECT count(*) FROM {current(category, files)} c WHERE {within}").fetchone()
    return int(row[0]) if row else 0


def key_list(category: Category) -> str:
    return ", ".join(name(c) for c in key_columns(category))
