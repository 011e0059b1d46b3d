"""The document store in PostgreSQL: the same tables, loaded through COPY."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import psycopg

TABLES = """
CREATE TABLE IF NOT EXISTS creditfile_document (
    bucket BIGINT NOT NULL, category INTEGER NOT NULL, serial BIGINT NOT NULL,
    layout INTEGER NOT NULL, dictionary INTEGER NOT NULL, records INTEGER NOT NULL, body BYTEA NOT NULL,
    PRIMARY KEY (bucket, category, serial));
ALTER TABLE creditfile_document ALTER COLUMN body SET STORAGE EXTERNAL;
CREATE TABLE IF NOT EXISTS creditfile_layout (
    id SERIAL PRIMARY KEY, category INTEGER NOT NULL, columns TEXT NOT NULL, UNIQUE (category, columns));
CREATE TABLE IF NOT EXISTS creditfile_dictionary (
    id SERIAL PRIMARY KEY, category INTEGER NOT NULL, body BYTEA NOT NULL);
CREATE TABLE IF NOT EXISTS creditfile_watermark (
    category INTEGER PRIMARY KEY, batch BIGINT NOT NULL, applied_on TEXT NOT NULL)
"""
MARK = "%s"
# Any number will do, as long as every machine on one database uses the same one.
CREATION_LOCK = 0x6A696163
INCOMING = "CREATE TEMPORARY TABLE IF NOT EXISTS creditfile_incoming (LIKE creditfile_document) ON COMMIT DELETE ROWS"
UPSERT = """
INSERT INTO creditfile_document SELECT * FROM creditfile_incoming ORDER BY bucket, category, serial
ON CONFLICT (bucket, category, serial) DO UPDATE SET
    layout = excluded.layout, dictionary = excluded.dictionary, records = excluded.records, body = excluded.body
"""


def create(connection: psycopg.Connection[Any]) -> None:
    """Make the tables where they are missing, all at once, one process at a time.

    IF NOT EXISTS does not help two that create at the same moment: one of them would fail on the catalogue's own keys.
    """
    if _exist(connection):
        return
    with connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(%s)", [CREATION_LOCK])
        for statement in TABLES.split(";"):
            connection.execute(statement)


def _exist(connection: psycopg.Connection[Any]) -> bool:
    found = connection.execute("SELECT to_regclass('creditfile_watermark')").fetchone()
    return found is not None and found[0] is not None


def write(connection: psycopg.Connection[Any], documents: Iterable[Sequence[Any]]) -> None:
    """Insert or replace (bucket, category, serial, layout, dictionary, records, body)."""
    with connection.cursor() as cursor:
        cursor.execute(INCOMING)
        with cursor.copy("COPY creditfile_incoming FROM STDIN (FORMAT BINARY)") as copy:
            copy.set_types(["int8", "int4", "int8", "int4", "int4", "int4", "bytea"])
            for document in documents:
                copy.write_row(document)
        cursor.execute(UPSERT)
        cursor.execute("TRUNCATE creditfile_incoming")


def flush(connection: psycopg.Connection[Any]) -> None:
    """Let the server take the space of removed rows for new ones; within a transaction this is left to autovacuum."""
    if connection.info.transaction_status == psycopg.pq.TransactionStatus.IDLE and connection.autocommit:
        for table in ("document", "dictionary"):
            connection.execute(f"VACUUM creditfile_{table}")


def delete(connection: psycopg.Connection[Any], keys: Iterable[Sequence[int]]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            "DELETE FROM creditfile_document WHERE bucket = %s AND category = %s AND serial = %s", list(keys)
        )
