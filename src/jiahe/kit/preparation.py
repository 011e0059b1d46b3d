"""Make an installation ready: the tables that this version of the code needs."""

from __future__ import annotations

from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.migrations.executor import MigrationExecutor

from jiahe.kit.home import locked

# Any number will do, as long as every machine on one database uses the same one.
ADVISORY_LOCK = 0x6A696168


def prepare() -> bool:
    """Bring the database up to the code; tells whether there was anything to do.

    Many processes may start at once, on one machine or on several: the first does it, the others wait.
    """
    if not _pending():
        return False
    with locked("migrate"):
        return _migrate_alone()


def _pending() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _migrate_alone() -> bool:
    shared = connection.vendor == "postgresql"
    if shared:
        _execute("SELECT pg_advisory_lock(%s)")
    try:
        if not _pending():
            return False
        call_command("migrate", database=DEFAULT_DB_ALIAS, interactive=False, verbosity=0)
        return True
    finally:
        if shared:
            _execute("SELECT pg_advisory_unlock(%s)")


def _execute(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, [ADVISORY_LOCK])
