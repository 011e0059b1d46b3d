"""Make an installation ready: the tables that this version of the code needs."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.migrations.executor import MigrationExecutor

from jiahe.kit.databases import WAIT_SECONDS
from jiahe.kit.home import locked
from jiahe.kit.locks import exclusive

SQLITE = "django.db.backends.sqlite3"


def prepare() -> bool:
    """Bring the database up to the code; tells whether there was anything to do.

    Many processes may start at once, on one machine or on several: the first does it, the others wait.
    """
    _lay_files()
    if not _pending():
        return False
    with exclusive("migrate"):
        if not _pending():
            return False
        call_command("migrate", database=DEFAULT_DB_ALIAS, interactive=False, verbosity=0)
        return True


def _lay_files() -> None:
    """Make SQLite's files with their write-ahead log, one process at a time.

    Each connection asks for the log; on a file that has none yet two would lock each other out at once.
    """
    for database in settings.DATABASES.values():
        path = Path(str(database["NAME"]))
        if database["ENGINE"] != SQLITE or _has_log(path):
            continue
        with locked("migrate"), closing(sqlite3.connect(path, timeout=WAIT_SECONDS)) as connection_of_its_own:
            connection_of_its_own.execute("PRAGMA journal_mode=WAL")


def _has_log(path: Path) -> bool:
    """Whether the file's header says so (SQLite file format, bytes 18 and 19)."""
    if not path.exists():
        return False
    with path.open("rb") as file:
        return file.read(20)[18:20] == b"\x02\x02"


def _pending() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
