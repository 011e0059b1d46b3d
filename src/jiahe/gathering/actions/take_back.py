"""Take a corrected quarantine workbook back: its records go the whole way again, and the good ones are closed."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from django.db import transaction

from jiahe.audit.journal import write
from jiahe.catalogue import Category, load
from jiahe.gathering import refused
from jiahe.gathering.actions.gather import gather
from jiahe.gathering.delivery import Delivery
from jiahe.gathering.errors import NoRecordsReturned, NotAQuarantineFile, WrongBatch
from jiahe.gathering.headers import understand
from jiahe.gathering.models import Batch, Returned
from jiahe.gathering.readers.formats import tables
from jiahe.gathering.readers.table import Reading
from jiahe.kit import clock
from jiahe.kit.actor import Actor
from jiahe.kit.crypto import keyring, mask
from jiahe.kit.home import folder
from jiahe.lake.engines import duckdb as engine


@dataclass(frozen=True)
class Outcome:
    """What became of a returned file: the batch it made, how many refused records it closed, how many stay open."""

    batch: Batch
    closed: int
    still_open: int


@dataclass(frozen=True)
class _Sheet:
    """The returned records as text: headers, rows, and the refused record that each row corrects."""

    columns: list[str]
    rows: list[list[str | None]]
    batch: int
    numbers: list[int]


def take_back(*, actor: Actor, file: Path, expected: int | None = None) -> Outcome:
    """Gather a corrected workbook; raises, and changes nothing, where it is no export of the quarantine.

    A phone or identity number that comes back masked stands for the value that was refused.
    """
    sheet = _read(file)
    if expected is not None and sheet.batch != expected:
        raise WrongBatch(file=file.name, written=sheet.batch, expected=expected)
    origin = Batch.objects.filter(pk=sheet.batch).first()
    known = {int(r["_row"]): r for r in refused.records(sheet.batch)}
    wanted = [n for n in sheet.numbers if n in known and n not in refused.closed(sheet.batch)]
    if origin is None or not wanted:
        raise NoRecordsReturned(file=file.name)
    category = load().categories[origin.category]
    sheet = _only(sheet, set(wanted))
    with tempfile.TemporaryDirectory(dir=folder("tmp")) as work:
        path = _as_parquet(Path(work), file.stem, _unmasked(sheet, category, known))
        batch = gather(actor=actor, delivery=Delivery(category, [path], source=origin.source))
    wrong = {int(r["row"]) - 1 for r in refused.records(batch.pk)}
    done = [n for i, n in enumerate(sheet.numbers) if i not in wrong]
    with transaction.atomic():
        Returned.objects.create(batch=origin, by=batch, rows=done, actor_login=actor.login, at=clock.now())
        facts = {"by": batch.pk, "read": batch.read, "closed": len(done)}
        write(actor=actor, action="gathering.take_back", subject=f"batch:{origin.pk}", facts=facts)
    return Outcome(batch, len(done), refused.still_open(origin))


def _read(file: Path) -> _Sheet:
    """The first table of a workbook that carries the quarantine's own columns."""
    with tempfile.TemporaryDirectory(dir=folder("tmp")) as work, engine.session() as session:
        for table in tables(file, Reading(session, Path(work))):
            if refused.BATCH in table.columns and refused.NUMBER in table.columns:
                rows = [list(row) for row in session.execute(f"SELECT * FROM {table.sql}").fetchall()]
                return _numbered(file, table.columns, rows)
    raise NotAQuarantineFile(file=file.name)


def _numbered(file: Path, columns: list[str], rows: list[list[str | None]]) -> _Sheet:
    batch, number = columns.index(refused.BATCH), columns.index(refused.NUMBER)
    try:
        batches = {int(row[batch] or "") for row in rows}
        numbers = [int(row[number] or "") for row in rows]
    except ValueError as error:
        raise NotAQuarantineFile(file=file.name) from error
    if len(batches) != 1:
        raise NotAQuarantineFile(file=file.name)
    return _Sheet(columns, rows, batches.pop(), numbers)


def _only(sheet: _Sheet, wanted: set[int]) -> _Sheet:
    kept = [i for i, n in enumerate(sheet.numbers) if n in wanted]
    return _Sheet(sheet.columns, [sheet.rows[i] for i in kept], sheet.batch, [sheet.numbers[i] for i in kept])


def _unmasked(sheet: _Sheet, category: Category, known: dict[int, dict[str, str | None]]) -> _Sheet:
    """Put the refused values back where a masked one was left as it was."""
    header = understand(category, sheet.columns, "")
    places = {c: sheet.columns.index(header.items[c]) for c in header.items if category.by_code[c].encrypted}
    for row, number in zip(sheet.rows, sheet.numbers, strict=True):
        for code, place in places.items():
            sealed = known[number].get(code)
            clear = keyring().decrypt(sealed) if sealed else None
            if clear and row[place] == mask(clear):
                row[place] = clear
    return sheet


def _as_parquet(folder: Path, stem: str, sheet: _Sheet) -> Path:
    keep = [i for i, c in enumerate(sheet.columns) if c and c not in refused.OWN]
    columns = {sheet.columns[i]: pa.array([row[i] for row in sheet.rows], pa.string()) for i in keep}
    path = folder / f"{stem}.parquet"
    pq.write_table(pa.table(columns), path)
    return path
