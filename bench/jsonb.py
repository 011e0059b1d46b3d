"""The peer of look-ups: one PostgreSQL table of JSONB rows, a row a record, with an index on the enterprise."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import orjson
import psycopg

TABLE = "CREATE TABLE peer (serial BIGINT NOT NULL, category INTEGER NOT NULL, body JSONB NOT NULL)"


def fill(url: str, lake: str) -> int:
    """Load every current record of a lake; gives their number."""
    import duckdb

    written = 0
    with psycopg.connect(url) as connection, duckdb.connect() as engine:
        connection.execute(TABLE)
        for folder in sorted(p for p in Path(lake).iterdir() if p.is_dir()):
            rows = engine.execute(f"SELECT * FROM read_parquet('{folder}/*.parquet') WHERE _change <> 'W'")
            names = [c[0] for c in rows.description or ()]
            with connection.cursor().copy("COPY peer FROM STDIN") as copy:
                while found := rows.fetchmany(20_000):
                    for row in found:
                        body = orjson.dumps(dict(zip(names, row, strict=True)), default=str).decode()
                        copy.write_row((row[names.index("_serial")], int(folder.name), body))
                    written += len(found)
        connection.execute("CREATE INDEX peer_serial ON peer (serial)")
        connection.execute("ANALYZE peer")
    return written


def look_up(url: str, serials: list[int]) -> list[float]:
    """The seconds that each whole file takes."""
    seconds: list[float] = []
    with psycopg.connect(url) as connection:
        for serial in serials:
            started = time.perf_counter()
            rows: list[Any] = connection.execute(
                "SELECT category, body FROM peer WHERE serial = %s", [serial]
            ).fetchall()
            seconds.append(time.perf_counter() - started)
            assert rows is not None
    return seconds
