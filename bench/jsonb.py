"""The peer of look-ups: one PostgreSQL table of JSONB rows, a row a record, with an index on the enterprise."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import duckdb
import psycopg

TABLE = "CREATE TABLE peer (serial BIGINT NOT NULL, category INTEGER NOT NULL, body JSONB NOT NULL)"


def fill(url: str, lake: str, work: str) -> int:
    """Load every current record of a lake; gives their number."""
    written = 0
    with psycopg.connect(url) as connection, duckdb.connect() as engine:
        engine.execute("SET enable_progress_bar = false")
        connection.execute(TABLE)
        for folder in sorted(p for p in Path(lake).iterdir() if p.is_dir()):
            rows = f"SELECT _serial, {int(folder.name)}, to_json(t) FROM read_parquet('{folder}/*.parquet') t WHERE _change <> 'W'"
            row = engine.execute(f"COPY ({rows}) TO '{work}' (FORMAT csv, HEADER false)").fetchone()
            written += int(row[0]) if row else 0
            with connection.cursor().copy("COPY peer FROM STDIN (FORMAT csv)") as copy, Path(work).open("rb") as source:
                while chunk := source.read(1 << 20):
                    copy.write(chunk)
        connection.execute("CREATE INDEX peer_serial ON peer (serial)")
        connection.execute("ANALYZE peer")
    Path(work).unlink()
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
