"""Gather one delivery: read, check, compare, write to the lake, follow in the credit files.

The order makes it exactly once. Files of the lake and the quarantine are written first and mean nothing
until the lake's log names them: that one entry is the moment the batch exists, and it carries the batch's
counts, so that a run killed afterwards is finished from there by the next one.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb
from django.db import DatabaseError, transaction

from jiahe.audit.journal import write
from jiahe.catalogue import Category, load
from jiahe.creditfile import projection
from jiahe.gathering import comparison, encryption, quarantine, writing
from jiahe.gathering.comparison import Changes
from jiahe.gathering.delivery import Delivery
from jiahe.gathering.errors import (
    DiskFull,
    DiskFullAfterwards,
    GatheringError,
    NoSuchFile,
    TooManyWithdrawals,
    UnknownScope,
)
from jiahe.gathering.models import Batch, BatchState, LoadMode
from jiahe.gathering.readers.formats import tables
from jiahe.gathering.readers.table import Reading
from jiahe.gathering.staging import Staging
from jiahe.gathering.values import value
from jiahe.kit import clock, parameters
from jiahe.kit.actor import Actor
from jiahe.kit.disk import is_full
from jiahe.kit.errors import JiaheError
from jiahe.kit.home import folder
from jiahe.lake.engines import duckdb as engine
from jiahe.lake.engines.duckdb import literal, name
from jiahe.lake.tables import LakeTable, NewFile

Progress = Callable[[str, int], None]
COUNTS = ("read", "accepted", "quarantined", "inserted", "updated", "unchanged", "withdrawn")


def gather(*, actor: Actor, delivery: Delivery, progress: Progress = lambda stage, records: None) -> Batch:
    """Gather a delivery and give its ledger row; a refused delivery raises and leaves everything as it was."""
    for file in delivery.files:
        if not file.is_file():
            raise NoSuchFile(file=file)
    with LakeTable(delivery.category).writing():
        recover(delivery.category)
        batch = _open(actor, delivery)
        try:
            with _room(DiskFull()):
                _load(actor, batch, delivery, progress)
        except GatheringError as refusal:
            _discard(batch, LakeTable(delivery.category))
            # A ledger on the same full disk may not take the row; the next run closes it as interrupted.
            with suppress(DatabaseError):
                _refuse(batch, str(refusal))
            raise
    progress("credit files", batch.inserted + batch.updated + batch.withdrawn)
    with _room(DiskFullAfterwards(batch=batch.pk)):
        projection.apply(delivery.category)
    return batch


def recover(category: Category) -> None:
    """Finish what a killed run left: batches that the lake has are closed from it, others never happened."""
    table = LakeTable(category)
    for batch in Batch.objects.filter(category=category.code, state=BatchState.RUNNING):
        said = table.metadata_of(batch.pk)
        if said is None:
            _discard(batch, table)
            _close(batch, BatchState.INTERRUPTED)
        else:
            _finish(Actor.system("recovery"), batch, json.loads(said["jiahe.batch_facts"]))
    projection.apply(category)


def _open(actor: Actor, delivery: Delivery) -> Batch:
    return Batch.objects.create(
        category=delivery.category.code,
        source=delivery.source,
        outside=delivery.outside or "",
        filename=delivery.label,
        file_sha256=_fingerprint(delivery.files),
        mode=delivery.mode,
        actor_login=actor.login,
        started_at=clock.now(),
    )


def _fingerprint(files: list[Path]) -> str:
    """SHA-256 over all files in their order."""
    total = hashlib.sha256()
    for path in files:
        with path.open("rb") as file:
            total.update(hashlib.file_digest(file, "sha256").digest())
    return total.hexdigest()


@contextmanager
def _room(full: GatheringError) -> Iterator[None]:
    """A full disk is one clear error, wherever it is met."""
    try:
        yield
    except JiaheError:
        raise  # a sentence already, whatever it tells of
    except Exception as error:
        if is_full(error):
            raise full from error
        raise


def _load(actor: Actor, batch: Batch, delivery: Delivery, progress: Progress) -> None:
    started = time.monotonic()
    with tempfile.TemporaryDirectory(dir=folder("tmp")) as work, engine.session() as session:
        encryption.register(session)
        staging = Staging(session, delivery.category, clock.today(), delivery.aliases)
        progress("reading", 0)
        reading = Reading(session, Path(work))  # one for all files: it numbers what they unpack
        staging.load([t for f in delivery.files for t in tables(f, reading)])
        progress("checking", staging.read)
        refused = staging.judge()
        malformed = quarantine.write(batch.pk, staging)
        staging.forget_written()
        progress("comparing", staging.read)
        changes, file = _change(session, batch, delivery, staging)
        batch.read = staging.read + malformed
        batch.quarantined = refused + malformed
        batch.accepted = staging.read - refused
        batch.inserted, batch.updated, batch.withdrawn = changes.inserted, changes.updated, changes.withdrawn
        batch.unchanged = changes.unchanged + staging.replaced()
        batch.unknown_columns = staging.unknown
        batch.generated = staging.generated()
    _commit(actor, batch, delivery, file, started)


def _change(
    session: duckdb.DuckDBPyConnection, batch: Batch, delivery: Delivery, staging: Staging
) -> tuple[Changes, NewFile | None]:
    """Compare with the lake and write the lake's new file, which nobody sees yet."""
    category, table = delivery.category, LakeTable(delivery.category)
    files = [f.path for f in table.files()]
    accepted = staging.accepted()
    if not files:
        changes = comparison.first(session, accepted)
        rows = f"(SELECT *, 'I' AS _change FROM {accepted} WHERE NOT _withdraw)"
    else:
        within = _stock(delivery) if delivery.mode == LoadMode.FULL else None
        changes = comparison.compare(session, category, accepted, files, within=within)
        if within:
            _guard(session, delivery, files, changes, within)
        rows = "(SELECT i.*, change._change FROM incoming i JOIN change USING (_row) WHERE change._change <> '=')"
    file = writing.write(
        session,
        category,
        table.path,
        batch.pk,
        rows,
        loaded_on=staging.today,
        history=delivery.history or not files,
        absent=bool(files) and delivery.mode == LoadMode.FULL,
    )
    if file:
        batch.newest_business_date = writing.newest_business_date(session, table.path / file.name)
    return changes, file


def _stock(delivery: Delivery) -> str:
    """The records that a full load stands for: those its source delivered, within its scope."""
    batches = Batch.objects.filter(category=delivery.category.code, source=delivery.source, state=BatchState.DONE)
    numbers = ", ".join(str(pk) for pk in batches.values_list("pk", flat=True)) or "NULL"
    condition = f"c._batch IN ({numbers})"
    if delivery.scope is None:
        return condition
    code, wanted = delivery.scope
    item = delivery.category.by_code.get(code)
    if item is None or item.encrypted:
        raise UnknownScope(scope=f"{code}={wanted}")
    typed = value(item, "written", load())
    return f"{condition} AND c.{name(code)} = (SELECT {typed} FROM (SELECT {literal(wanted)} AS written))"


def _guard(
    session: duckdb.DuckDBPyConnection, delivery: Delivery, files: list[Path], changes: Changes, within: str
) -> None:
    """A full load that withdraws much is more likely a broken export than the truth."""
    limit = parameters.value("full_load_withdrawal_percent", on=clock.today())
    present = comparison.stock_size(session, delivery.category, files, within)
    if changes.withdrawn * 100 > present * limit and not delivery.allow_withdrawals:
        percent = f"{changes.withdrawn * 100 / present:.1f}"
        raise TooManyWithdrawals(withdrawn=changes.withdrawn, present=present, percent=percent, limit=limit)


def _commit(actor: Actor, batch: Batch, delivery: Delivery, file: NewFile | None, started: float) -> None:
    """The moment the batch exists, then its ledger row."""
    table = LakeTable(delivery.category)
    facts = {c: getattr(batch, c) for c in COUNTS}
    facts |= {
        "unknown_columns": batch.unknown_columns,
        "generated": batch.generated,
        "newest_business_date": batch.newest_business_date and batch.newest_business_date.isoformat(),
        "seconds": round(time.monotonic() - started, 3),
    }
    metadata = {"jiahe.batch": str(batch.pk), "jiahe.batch_facts": json.dumps(facts, ensure_ascii=False)}
    facts["lake_version"] = table.commit(batch=batch.pk, files=[file] if file else [], metadata=metadata)
    _finish(actor, batch, facts)


def _finish(actor: Actor, batch: Batch, facts: dict[str, object]) -> None:
    """Close the batch with its counts; the journal says who delivered, also where another run had to finish it."""
    with transaction.atomic():
        for key, fact in facts.items():
            setattr(batch, key, fact)
        _close(batch, BatchState.DONE)
        said = {"category": batch.category, "by": batch.actor_login, **{c: facts[c] for c in COUNTS}}
        write(actor=actor, action="gathering.gather", subject=f"batch:{batch.pk}", facts=said)


def _close(batch: Batch, state: BatchState) -> None:
    batch.state = state
    batch.finished_at = clock.now()
    batch.save()
    batch.refresh_from_db()


def _discard(batch: Batch, table: LakeTable) -> None:
    """Remove what a batch that never came to be has written."""
    (table.path / f"{batch.pk:010d}.parquet").unlink(missing_ok=True)
    shutil.rmtree(quarantine.place(batch.pk), ignore_errors=True)


def _refuse(batch: Batch, sentence: str) -> None:
    batch.problem = sentence
    _close(batch, BatchState.REFUSED)
