"""The document store in its own SQLite file: plain SQL, one writer, readers never wait."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

TABLES = """
CREATE TABLE IF NOT EXISTS creditfile_document (
    bucket INTEGER NOT NULL, category INTEGER NOT NULL, serial INTEGER NOT NULL,
    layout INTEGER NOT NULL, dictionary INTEGER NOT NULL, records INTEGER NOT NULL, body BLOB NOT NULL,
    PRIMARY KEY (bucket, category, serial)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS creditfile_layout (
    id INTEGER PRIMARY KEY AUTOINCREMENT, category INTEGER NOT NULL, columns TEXT NOT NULL, UNIQUE (category, columns));
CREATE TABLE IF NOT EXISTS creditfile_dictionary (
    id INTEGER PRIMARY KEY AUTOINCREMENT, category INTEGER NOT NULL, body BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS creditfile_watermark (
    category INTEGER PRIMARY KEY, batch INTEGER NOT NULL, applied_on TEXT NOT NULL);
"""
MARK = "?"


def create(connection: sqlite3.Connection) -> None:
    for statement in TABLES.split(";"):
        connection.execute(statement)


def write(connection: sqlite3.Connection, documents: Iterable[Sequence[Any]]) -> None:
    """Insert or replace (bucket, category, serial, layout, dictionary, records, body)."""
    connection.executemany("INSERT OR REPLACE INTO creditfile_document VALUES (?, ?, ?, ?, ?, ?, ?)", documents)


def flush(connection: sqlite3.Connection) -> None:
    """Removed content is overwritten at once (secure_delete); the log that brought it goes too, if nobody reads it."""
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def delete(connection: sqlite3.Connection, keys: Iterable[Sequence[int]]) -> None:
    connection.executemany("DELETE FROM creditfile_document WHERE bucket = ? AND category = ? AND serial = ?", keys)
