"""The relational databases into a backup and out of it, as they were at one moment.

SQLite writes each of its files anew (`VACUUM INTO`), the documents first: they may lag behind the ledger, as after
a killed run, but never be ahead of it. PostgreSQL copies all tables out of one transaction.
"""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import connection, connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from jiahe.creditfile.documents.store import DocumentStore
from jiahe.gathering.backups.errors import HomeNotEmpty, NewerBackup
from jiahe.gathering.backups.manifest import Manifest

FOLDER = "database"
SHORT_LIVED = "gathering_answer"  # answers of on-demand sources, which a backup would keep beyond their data life
DONE = "SELECT category, max(id) FROM gathering_batch WHERE state = 'done' GROUP BY category"
PURGED = "SELECT category, max(id) FROM gathering_purge WHERE state = 'done' GROUP BY category"
QUARANTINED = "SELECT id FROM gathering_batch WHERE state = 'done' AND quarantined > 0 ORDER BY id"


@dataclass
class Moment:
    """What the dumped ledger says: each category's newest batch and purge, and the batches with refused records."""

    done: dict[str, int] = field(default_factory=dict)
    purged: dict[str, int] = field(default_factory=dict)
    quarantined: list[int] = field(default_factory=list)


def migrations() -> list[list[str]]:
    """The newest migration of every app that the code knows."""
    return sorted([app, name] for app, name in MigrationLoader(None).graph.leaf_nodes())


def dump(manifest: Manifest, folder: Path) -> Moment:
    """Write the databases into a backup's folder."""
    (folder / FOLDER).mkdir()
    return _dump_sqlite(manifest, folder) if connection.vendor == "sqlite" else _dump_postgresql(manifest, folder)


def _files() -> list[Path]:
    """The SQLite files, in the order in which they are written."""
    return [Path(connections[alias].settings_dict["NAME"]) for alias in ("creditfile", "default")]


def _dump_sqlite(manifest: Manifest, folder: Path) -> Moment:
    DocumentStore().create()
    for alias, path in zip(("creditfile", "default"), _files(), strict=True):
        name = f"{FOLDER}/{alias}.sqlite3"
        with closing(sqlite3.connect(path, isolation_level=None, timeout=600)) as source:
            source.execute("VACUUM INTO ?", [str(folder / name)])
        if alias == "default":
            _leave_out_short_lived(folder / name)
        manifest.enter(folder, name)
    with closing(sqlite3.connect(folder / FOLDER / "default.sqlite3")) as copy:
        rows = (copy.execute(sql).fetchall() for sql in (DONE, PURGED, QUARANTINED))
        return _moment(*rows)


def _leave_out_short_lived(copy: Path) -> None:
    with closing(sqlite3.connect(copy, isolation_level=None)) as database:
        database.execute("PRAGMA secure_delete = ON")
        database.execute(f"DELETE FROM {SHORT_LIVED}")


def _moment(done: list[Any], purged: list[Any], quarantined: list[Any]) -> Moment:
    return Moment(dict(done), dict(purged), [row[0] for row in quarantined])


def _dump_postgresql(manifest: Manifest, folder: Path) -> Moment:
    DocumentStore().create()
    with transaction.atomic():
        raw = connection.connection
        raw.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        columns = raw.execute(
            "SELECT table_name, array_agg(column_name::text ORDER BY ordinal_position) FROM information_schema.columns"
            " JOIN information_schema.tables USING (table_schema, table_name)"
            " WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' AND table_name <> %s"
            " GROUP BY 1 ORDER BY 1",
            [SHORT_LIVED],
        ).fetchall()
        manifest.tables = dict(columns)
        for table in manifest.tables:
            _copy_out(raw, manifest, folder, table)
        sequences = "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = current_schema()"
        manifest.sequences = {name: last for name, last in raw.execute(sequences).fetchall() if last is not None}
        return _moment(*(raw.execute(sql).fetchall() for sql in (DONE, PURGED, QUARANTINED)))


def _listed(columns: list[str]) -> str:
    return ", ".join(f'"{c}"' for c in columns)


def _copy_out(raw: Any, manifest: Manifest, folder: Path, table: str) -> None:
    name = f"{FOLDER}/{table}.copy"
    sql = f'COPY "{table}" ({_listed(manifest.tables[table])}) TO STDOUT (FORMAT BINARY)'
    with (folder / name).open("wb") as file, raw.cursor() as cursor, cursor.copy(sql) as copy:
        for block in copy:
            file.write(block)
    manifest.enter(folder, name)


def assert_loadable(manifest: Manifest) -> None:
    """Raises where there is a database already, or where the backup knows more than the code."""
    if connection.vendor == "sqlite":
        if found := [p for p in _files() if p.exists()]:
            raise HomeNotEmpty(place=found[0])
    elif connection.introspection.table_names():
        raise HomeNotEmpty(place=connection.settings_dict["NAME"])
    known = set(MigrationLoader(None).graph.nodes)
    if unknown := [m for m in manifest.migrations if tuple(m) not in known]:
        raise NewerBackup(unknown=".".join(unknown[0]))


def load(manifest: Manifest, folder: Path) -> None:
    """Put the databases of a backup into this installation, which has none."""
    connections.close_all()
    if connection.vendor == "sqlite":
        for alias, path in zip(("creditfile", "default"), _files(), strict=True):
            shutil.copyfile(folder / FOLDER / f"{alias}.sqlite3", path)
    else:
        _load_postgresql(manifest, folder)


def _load_postgresql(manifest: Manifest, folder: Path) -> None:
    """The tables as the backup's version of the code had them, then their rows; foreign keys are checked at the end."""
    MigrationExecutor(connection).migrate([(app, name) for app, name in manifest.migrations])
    DocumentStore().create()
    with transaction.atomic():
        raw = connection.connection
        raw.execute(f"TRUNCATE {_listed(list(manifest.tables))}")
        for table, columns in manifest.tables.items():
            sql = f'COPY "{table}" ({_listed(columns)}) FROM STDIN (FORMAT BINARY)'
            with (folder / FOLDER / f"{table}.copy").open("rb") as file, raw.cursor().copy(sql) as copy:
                while block := file.read(1 << 20):
                    copy.write(block)
        for name, last in manifest.sequences.items():
            raw.execute("SELECT setval(%s::regclass, %s)", [f'"{name}"', last])
