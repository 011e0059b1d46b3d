"""The embedded engine: DuckDB in memory, within a memory limit, spilling to the data folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from jiahe.kit.home import folder

THREADS = 2
MEMORY_LIMIT = "2500MB"  # leaves room below the 4 GiB budget for Arrow batches, Python and the document writer


@contextmanager
def session() -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection of its own; nothing in it outlives the block."""
    connection = duckdb.connect()
    try:
        connection.execute(f"SET threads = {int(os.environ.get('JIAHE_THREADS', THREADS))}")
        connection.execute(f"SET memory_limit = '{os.environ.get('JIAHE_MEMORY', MEMORY_LIMIT)}'")
        connection.execute(f"SET temp_directory = {literal(str(folder('tmp')))}")
        connection.execute("SET autoinstall_known_extensions = false")
        connection.execute("SET enable_progress_bar = false")  # it would be drawn into what a command prints
        connection.execute("SET TimeZone = 'Asia/Shanghai'")
        # They would compute for every row what a CASE or COALESCE needs for few: shared parts, and lists as joins.
        connection.execute("SET disabled_optimizers = 'common_subexpressions,in_clause'")
        yield connection
    finally:
        connection.close()


def literal(text: str) -> str:
    """A SQL string literal."""
    return "'" + text.replace("'", "''") + "'"


def name(identifier: str) -> str:
    """A quoted SQL identifier."""
    return '"' + identifier.replace('"', '""') + '"'
