"""Files of a table written anew: some records left out, or many small files made one, in document order."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from uuid import uuid4

import duckdb

from jiahe.lake.engines.duckdb import literal, name
from jiahe.lake.tables import LakeTable, NewFile, TableFile
from jiahe.lake.versions import key_columns, versions


def rewrite(
    session: duckdb.DuckDBPyConnection,
    table: LakeTable,
    files: Sequence[TableFile],
    *,
    without: str = "",
    columns: str = "v.*",
) -> NewFile | None:
    """One new file, sorted as documents are, with all versions in some files; None where nothing is left.

    `without` is a clause behind the versions, named `v`, that leaves some out; `columns` what is selected of them. Nobody sees the file yet.
    """
    path = table.path / f"{files[0].first_batch:010d}-{uuid4().hex}.parquet"
    rows = f"SELECT {columns} FROM {versions(table.category, [f.path for f in files])} v {without}"
    order = ", ".join(name(c) for c in (*key_columns(table.category), "_batch"))
    session.execute(f"COPY ({rows} ORDER BY {order}) TO {literal(str(path))} (FORMAT parquet, COMPRESSION zstd)")
    return _measured(session, path)


def _measured(session: duckdb.DuckDBPyConnection, path: Path) -> NewFile | None:
    sql = f"SELECT count(*), min(_batch), max(_batch) FROM read_parquet({literal(str(path))})"
    count, first, last = session.execute(sql).fetchall()[0]
    if count:
        return NewFile(path.name, count, first, last)
    path.unlink()
    return None
