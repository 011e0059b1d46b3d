"""From the lake to the documents: apply to a category's documents what its table has gained.

Documents are a projection: whole enterprises are written anew from the lake's current records, so that
applying a batch twice, or after a crash, or from the beginning gives the same documents.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import duckdb
import pyarrow as pa
from django.db import transaction

from jiahe.catalogue import Category
from jiahe.creditfile import registry, retention, visibility
from jiahe.creditfile.documents.body import texts
from jiahe.creditfile.documents.store import DocumentStore, alias
from jiahe.kit import clock
from jiahe.kit.home import locked
from jiahe.lake.engines import duckdb as engine
from jiahe.lake.engines.duckdb import name
from jiahe.lake.tables import LakeTable, TableFile
from jiahe.lake.versions import current, key_columns, versions

FIXED_COLUMNS = (
    "_business_date",
    "_available_on",
    "_loaded_on",
    "_batch",
    "_generated",
    "_open_until",
    "_retained_until",
)
ROWS_A_BATCH = 50_000


@dataclass(frozen=True)
class Applied:
    """What an application changed."""

    category: str
    from_batch: int
    to_batch: int
    documents: int


def layout(category: Category) -> tuple[str, ...]:
    """The columns of a document's rows: what every record carries, then the items."""
    return (*FIXED_COLUMNS, *(item.code for item in category.items))


@contextmanager
def writing(category: Category) -> Iterator[None]:
    """The one writer of a category's documents."""
    with locked(f"documents-{category.code}"):
        yield


def apply(category: Category) -> Applied:
    """Bring a category's documents up to the lake's newest batch, in one transaction."""
    with writing(category):
        return _apply(category, anew=False)


def rebuild(category: Category) -> Applied:
    """Make a category's documents from nothing but the lake."""
    with writing(category):
        return _apply(category, anew=True)


def leave_out_ended(session: duckdb.DuckDBPyConnection, category: Category, files: list[TableFile]) -> None:
    """Write the documents of the enterprises in the session's table `ended` anew, without the records it lists.

    The caller holds `writing`. A dictionary that was made from values of such records goes too, and with it
    all documents of the category are written anew.
    """
    with transaction.atomic(using=alias()):
        store = DocumentStore()
        told = store.tells(category, retention.telling_values(session, category, files))
        watermark = store.watermark(category)
        if told:
            store.clear(category)
            store.clear_dictionaries(category)
        session.execute(f"CREATE OR REPLACE TEMP TABLE touched AS SELECT DISTINCT _serial FROM {retention.ENDED}")
        where = "true" if told else "_serial IN (FROM touched)"
        left = current(category, [f.path for f in files], where=where)
        records = f"(SELECT r.* FROM {left} r {retention.without_ended(category)})"
        store.write(category, layout(category), texts(_batches(session, category, records, ordered=False)))
        store.delete(category, _emptied(session, records))
        store.set_watermark(category, watermark, clock.today().isoformat())
    store.flush()


def _apply(category: Category, *, anew: bool) -> Applied:
    table = LakeTable(category)
    newest, files = table.last_batch(), table.files()
    with engine.session() as session, transaction.atomic(using=alias()):
        store = DocumentStore()
        store.create()
        if anew:
            store.clear(category)
        done = store.watermark(category)
        if done == newest:
            return Applied(category.code, done, newest, 0)
        written = _write(session, category, store, files, done)
        store.set_watermark(category, newest, clock.today().isoformat())
    return Applied(category.code, done, newest, written)


def _write(
    session: duckdb.DuckDBPyConnection, category: Category, store: DocumentStore, files: list[TableFile], done: int
) -> int:
    new = [f.path for f in files if f.last_batch > done]
    if done:
        touched = f"SELECT DISTINCT _serial FROM {versions(category, new)} WHERE _batch > {done}"
        session.execute(f"CREATE TEMP TABLE touched AS {touched}")
    records, ordered = _records(category, files, done)
    registry.follow(session, category, records)
    written = store.write(category, layout(category), texts(_batches(session, category, records, ordered)))
    if done:
        store.delete(category, _emptied(session, records))
    return written


def _records(category: Category, files: list[TableFile], done: int) -> tuple[str, bool]:
    """The current records of the enterprises to write, and whether they already lie in document order.

    A file of one batch holds each record once, sorted as documents are.
    """
    paths = [f.path for f in files]
    if done:
        return current(category, paths, where="_serial IN (FROM touched)"), False
    if len(files) == 1 and files[0].first_batch == files[0].last_batch:
        return f"(SELECT * FROM {versions(category, paths)} WHERE _change <> 'W')", True
    return current(category, paths), False


def _batches(
    session: duckdb.DuckDBPyConnection, category: Category, records: str, ordered: bool
) -> Iterator[pa.RecordBatch]:
    order = "" if ordered else "ORDER BY " + ", ".join(name(c) for c in key_columns(category))
    rows = f"SELECT _serial, {_row(category)} || ',' AS text FROM {records} {order}"
    yield from session.sql(rows).to_arrow_reader(ROWS_A_BATCH)


def _row(category: Category) -> str:
    """A record as a JSON array in the order of the layout."""
    today = clock.today()
    written = {
        "_open_until": visibility.open_until(category, today=today),
        "_retained_until": visibility.retained_until(category, today=today),
    }
    return f"json_array({', '.join(written.get(c, name(c)) for c in layout(category))})::VARCHAR"


def _emptied(session: duckdb.DuckDBPyConnection, records: str) -> list[int]:
    left = f"SELECT _serial FROM touched ANTI JOIN (SELECT DISTINCT _serial FROM {records}) USING (_serial)"
    return [int(row[0]) for row in session.execute(left).fetchall()]
