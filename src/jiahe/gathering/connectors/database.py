"""A query of a PostgreSQL or SQLite database, streamed through Arrow into a Parquet file of text columns."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote

import adbc_driver_postgresql.dbapi  # type: ignore[import-untyped]  # it has no type information
import adbc_driver_sqlite.dbapi
import pyarrow as pa
import pyarrow.parquet as pq
from adbc_driver_manager import Error

from jiahe.gathering.connectors.errors import SourceUnreachable
from jiahe.gathering.connectors.source import Source
from jiahe.kit.disk import is_full
from jiahe.lake.engines.duckdb import name

SQLITE = "sqlite://"


def fetch(source: Source, folder: Path) -> Path:
    """The query's answer in a file; the database is only read."""
    target = folder / f"{source.code}.parquet"
    try:
        with closing(_connect(source)) as connection, closing(connection.cursor()) as cursor:
            cursor.execute(_as_text(cursor, source.query))
            reader = cursor.fetch_record_batch()
            with pq.ParquetWriter(target, reader.schema, compression="zstd") as writer:
                for batch in reader:
                    batch.validate(full=True)  # text that is no text would be met in the middle of the engine
                    writer.write_batch(batch)
    except (Error, OSError, pa.ArrowInvalid) as error:
        if isinstance(error, OSError) and is_full(error):
            raise  # our own disk is full, which is not the source's fault
        raise SourceUnreachable(source=source.code, reason=source.told(error)) from error
    return target


def reach(source: Source) -> None:
    """Connect and understand the query, without reading records."""
    try:
        with closing(_connect(source)) as connection, closing(connection.cursor()) as cursor:
            _columns(cursor, source.query)
    except Error as error:
        raise SourceUnreachable(source=source.code, reason=source.told(error)) from error


def _connect(source: Source) -> Any:
    url = source.filled(source.url)
    if url.startswith(SQLITE):
        path = quote(url.removeprefix(SQLITE))
        return adbc_driver_sqlite.dbapi.connect(f"file:{path}?mode=ro")
    url += f"{'&' if '?' in url else '?'}connect_timeout={source.timeout}"
    connection = adbc_driver_postgresql.dbapi.connect(url)
    with closing(connection.cursor()) as cursor:
        cursor.execute("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY")
        cursor.execute(f"SET statement_timeout = {source.timeout * 1000}")
    connection.commit()
    return connection


def _as_text(cursor: Any, query: str) -> str:
    """Every column as text: SQLite has no types of its own, and the checks want what was written."""
    texts = ", ".join(f"CAST({name(c)} AS text) AS {name(c)}" for c in _columns(cursor, query))
    return f"SELECT {texts} FROM ({_bare(query)}) AS source"


def _columns(cursor: Any, query: str) -> list[str]:
    cursor.execute(f"SELECT * FROM ({_bare(query)}) AS source LIMIT 0")
    return [column[0] for column in cursor.description]


def _bare(query: str) -> str:
    return query.strip().rstrip(";")
