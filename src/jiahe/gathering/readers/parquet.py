"""Parquet: columns by name, values as text so that they pass the same checks as every other format."""

from __future__ import annotations

from pathlib import Path

import duckdb

from jiahe.gathering.errors import EmptyFile, UnreadableFile
from jiahe.gathering.readers.table import Reading, Table
from jiahe.lake.engines.duckdb import literal, name


def tables(path: Path, reading: Reading) -> list[Table]:
    """The one table of a Parquet file."""
    source = f"read_parquet({literal(str(path))})"
    try:
        described = reading.session.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()
    except duckdb.Error as error:
        raise UnreadableFile(file=path.name, reason=str(error).splitlines()[0]) from error
    columns = [str(row[0]) for row in described]
    if not columns:
        raise EmptyFile(file=path.name)
    texts = ", ".join(f"{name(c)}::VARCHAR AS c{i}" for i, c in enumerate(columns))
    return [Table(path.name, columns, f"(SELECT {texts} FROM {source})", first_row=1)]
