"""What every reader gives: the tables of a file, all columns as text, in the file's order."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb


@dataclass(frozen=True)
class Table:
    """One table of a delivered file. `sql` selects its `columns` as VARCHAR; `first_row` is the row number of its first record."""

    file: str
    columns: list[str]
    sql: str
    first_row: int = 2


@dataclass(frozen=True)
class Reading:
    """Where a reader works: the engine's session, and a folder for what it must unpack or recode."""

    session: duckdb.DuckDBPyConnection
    folder: Path
