"""One Delta table for each category: its files, its commits, its versions.

Files are written first and become visible by one atomic entry in the table's log, which carries the
batch as an application transaction, so that a batch is in the table wholly, once, or not at all.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from deltalake import DeltaTable, Schema
from deltalake.exceptions import TableNotFoundError
from deltalake.transaction import AddAction, CommitProperties, RemoveAction, Transaction

from jiahe.catalogue import Category
from jiahe.kit import clock
from jiahe.kit.home import lake_root, locked
from jiahe.lake.columns import arrow_schema

APPLICATION = "jiahe.gather"
# A reader starts from the newest checkpoint and reads the entries after it. Batches stay in the table's state
# for ever; an entry older than the log's retention goes when a checkpoint has taken it over.
CONFIGURATION = {"delta.checkpointInterval": "20", "delta.logRetentionDuration": "interval 30 days"}
REMOVED, REMOVED_AT = "jiahe.removed", "jiahe.removed_at"


@dataclass(frozen=True)
class NewFile:
    """A Parquet file that was written and is not yet part of the table."""

    name: str
    records: int
    first_batch: int
    last_batch: int


@dataclass(frozen=True)
class TableFile:
    """A Parquet file of the table, with the batches whose records it holds."""

    path: Path
    records: int
    first_batch: int
    last_batch: int


class LakeTable:
    """The versions of every record of one category."""

    def __init__(self, category: Category) -> None:
        self.category = category
        self.path = lake_root() / category.code

    def _open(self) -> DeltaTable | None:
        try:
            return DeltaTable(self.path)
        except TableNotFoundError:
            return None

    def version(self) -> int:
        """The Delta version, -1 where there is no table yet."""
        table = self._open()
        return -1 if table is None else table.version()

    def last_batch(self) -> int:
        """The newest batch that is committed, 0 where there is none."""
        table = self._open()
        return (table.transaction_version(APPLICATION) or 0) if table else 0

    @contextmanager
    def writing(self) -> Iterator[None]:
        """The one writer of the table: whoever commits to it, or removes files below it, holds this."""
        with locked(f"gather-{self.category.code}"):
            yield

    def has(self, application: str, number: int) -> bool:
        """Whether an application's numbered step is in the table."""
        table = self._open()
        return table is not None and (table.transaction_version(application) or 0) >= number

    def files(self, *, after_batch: int = 0) -> list[TableFile]:
        """The files that hold records of batches after one, oldest first."""
        table = self._open()
        return [] if table is None else self._files(table, after_batch)

    def state_at(self, known: dict[str, int]) -> tuple[int, list[TableFile]]:
        """The newest version without any step after those known of each application, and its files.

        -1 and none where there is no such version.
        """
        table = self._open()
        while table is not None and any((table.transaction_version(a) or 0) > n for a, n in known.items()):
            if table.version() == 0:
                return -1, []
            table.load_as_version(table.version() - 1)
        return (-1, []) if table is None else (table.version(), self._files(table, 0))

    def log(self, version: int) -> list[Path]:
        """The files of the table's log that describe it up to a version."""
        entries = (self.path / "_delta_log").glob("*")
        return sorted(p for p in entries if p.name[:20].isdigit() and int(p.name[:20]) <= version)

    def _files(self, table: DeltaTable, after_batch: int) -> list[TableFile]:
        rows = table.get_add_actions(flatten=True)
        found = [
            TableFile(self.path / path, records, first, last)
            for path, records, first, last in zip(
                rows["path"].to_pylist(),
                rows["num_records"].to_pylist(),
                rows["min._batch"].to_pylist(),
                rows["max._batch"].to_pylist(),
                strict=True,
            )
            if last > after_batch
        ]
        return sorted(found, key=lambda f: (f.first_batch, f.path))

    def commit(self, *, batch: int, files: list[NewFile], metadata: dict[str, str]) -> int:
        """Make a batch's files visible at once and give the table's new version."""
        actions = [self._add(file) for file in files]
        return self._write(actions, [Transaction(APPLICATION, batch)], metadata)

    def replace(self, *, removed: list[TableFile], files: list[NewFile], step: tuple[str, int] | None = None) -> int:
        """Put rewritten files in the place of others (compaction, purge) at once; `step` is then in the table.

        The old files stay until a vacuum finds that nobody can be reading them any more.
        """
        actions: list[AddAction | RemoveAction] = [self._add(file) for file in files]
        actions += [self._remove(file) for file in removed]
        metadata = {REMOVED: json.dumps([f.path.name for f in removed]), REMOVED_AT: clock.now().isoformat()}
        return self._write(actions, [Transaction(*step)] if step else [], metadata)

    def _write(
        self, actions: Sequence[AddAction | RemoveAction], steps: list[Transaction], metadata: dict[str, str]
    ) -> int:
        table = self._open() or DeltaTable.create(
            self.path, schema=arrow_schema(self.category), configuration=CONFIGURATION
        )
        self._add_new_columns(table)
        properties = CommitProperties(custom_metadata=dict(metadata), app_transactions=steps)
        table.create_write_transaction(
            list(actions), mode="append", schema=table.schema(), commit_properties=properties
        )
        return table.version()

    def _add_new_columns(self, table: DeltaTable) -> None:
        """An item that the catalogue gained becomes a column; older files simply lack it."""
        known = {f.name for f in table.schema().fields}
        wanted = Schema.from_arrow(arrow_schema(self.category)).fields
        missing = [f for f in wanted if f.name not in known]
        if missing:
            table.alter.add_columns(missing)

    def _add(self, file: NewFile) -> AddAction:
        stats = {
            "numRecords": file.records,
            "minValues": {"_batch": file.first_batch},
            "maxValues": {"_batch": file.last_batch},
            "nullCount": {"_batch": 0},
        }
        size = (self.path / file.name).stat().st_size
        return AddAction(file.name, size, {}, int(time.time() * 1000), True, json.dumps(stats))

    def _remove(self, file: TableFile) -> RemoveAction:
        return RemoveAction(path=file.path.name, data_change=False, deletion_timestamp=int(time.time() * 1000))

    def metadata_of(self, batch: int) -> dict[str, str] | None:
        """What a committed batch said of itself; None where the batch is not in the table.

        It is asked of a batch after which none was committed, whose entry the log still has: a checkpoint never
        takes over the newest entry, and older ones go after the log's retention only.
        """
        table = self._open()
        if table is None or self.last_batch() < batch:
            return None
        return next((h for h in table.history() if str(h.get("jiahe.batch")) == str(batch)), None)

    def unused(self, *, before: datetime) -> list[Path]:
        """Parquet files of the folder that no reader can want: not in the table, and not removed from it since.

        A reader takes the table's files as they stand when it begins; none reads for longer than the safe age.
        Only the table's writer may ask: what another one is writing is in the table neither.
        """
        table = self._open()
        if table is None:
            return []
        used = {f.path.name for f in self._files(table, 0)} | set(_removed_since(table, before))
        return sorted(path for path in self.path.glob("*.parquet") if path.name not in used)

    def checkpoint(self) -> None:
        """Let readers start from here, and drop log entries older than the log's retention."""
        if table := self._open():
            table.create_checkpoint()
            table.cleanup_metadata()


def _removed_since(table: DeltaTable, moment: datetime) -> Iterator[str]:
    for entry in table.history():
        if REMOVED in entry and datetime.fromisoformat(entry[REMOVED_AT]) > moment:
            yield from json.loads(entry[REMOVED])
