"""What every reader gives: the tables of a file, all columns as text, in the file's order."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import duckdb
import pyarrow as pa


@dataclass(frozen=True)
class Table:
    """One table of a delivered file.

    `sql` selects its columns as VARCHAR under position names (c0, c1 …), so that equal or empty headers
    stay apart; `first_row` is the row number of its first record.
    """

    file: str
    columns: list[str]
    sql: str
    first_row: int = 2


@dataclass(frozen=True)
class Reading:
    """Where a reader works: the engine's session, and a folder for what it must unpack or recode."""

    session: duckdb.DuckDBPyConnection
    folder: Path
    numbers: count[int] = field(default_factory=count)


def from_arrow(file: str, columns: list[str], texts: list[pa.Array], reading: Reading, first_row: int = 2) -> Table:
    """A table from columns of text in memory, kept in the session under a name of its own."""
    name = f"delivered_{next(reading.numbers)}"
    reading.session.register(name, pa.Table.from_arrays(texts, names=[f"c{i}" for i in range(len(columns))]))
    return Table(file, columns, name, first_row)
