"""Records whose retention has ended: which they are, and their removal from documents, registry and marks.

A record has one end, that of its newest version; with it go all its versions. What readers are shown follows
the same rule (visibility, queries.file), so that nothing is removed that somebody could still see.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

import duckdb
import pyarrow as pa
from django.db import transaction

from jiahe.catalogue import Category, ItemType, Sensitivity
from jiahe.creditfile import visibility
from jiahe.creditfile.layout import layout_of
from jiahe.creditfile.models import Enterprise, EnterpriseName, RecordMark
from jiahe.creditfile.registry import REGISTRATION
from jiahe.kit.crypto import keyring
from jiahe.lake.engines.duckdb import name
from jiahe.lake.tables import TableFile
from jiahe.lake.versions import key_columns, versions

ENDED = "ended"
ROWS = 10_000


@dataclass(frozen=True)
class Ended:
    """How many records end, and a keyed digest of their keys, by which a later question can be answered."""

    records: int
    digest: str


def find(session: duckdb.DuckDBPyConnection, category: Category, files: list[TableFile], day: date) -> Ended:
    """Fill the session's table `ended` with the keys of the records that may be kept no more on a day."""
    _subjects(session, day)
    keys = keys_of(category)
    source = versions(category, [f.path for f in files])
    until = f"coalesce({visibility.retained_until(category, today=day)}, ended_subject.until)"
    dated = f"(SELECT {keys}, _batch, {until} AS _until FROM {source} LEFT JOIN ended_subject USING (_serial))"
    session.execute(f"""CREATE OR REPLACE TEMP TABLE {ENDED} AS
        WITH candidate AS (SELECT DISTINCT {keys} FROM {dated} WHERE _until < DATE '{day}')
        SELECT {keys} FROM {dated} SEMI JOIN candidate USING ({keys}) GROUP BY {keys}
        HAVING max_by({{'day': _until}}, _batch).day < DATE '{day}' ORDER BY {keys}""")
    return _ended(session, keys)


def keys_of(category: Category) -> str:
    return ", ".join(name(c) for c in key_columns(category))


def without_ended(category: Category) -> str:
    """The clause behind a source of versions that leaves out the records of `ended`."""
    return f"ANTI JOIN {ENDED} USING ({keys_of(category)})"


def _subjects(session: duckdb.DuckDBPyConnection, day: date) -> None:
    """Fill `ended_subject(_serial, until)` with the enterprises after whose end nothing more may be kept."""
    over = Enterprise.objects.filter(ended_on__lt=day).values_list("serial", "ended_on").iterator(chunk_size=ROWS)
    rows = [(serial, until) for serial, ended in over if (until := visibility.subject_retained_until(ended, today=day))]
    columns = [pa.array([r[0] for r in rows], pa.int64()), pa.array([r[1] for r in rows], pa.date32())]
    session.register("incoming_subjects", pa.Table.from_arrays(columns, names=["_serial", "until"]))
    session.execute(f"""CREATE OR REPLACE TEMP TABLE ended_subject AS
        SELECT * FROM incoming_subjects WHERE until < DATE '{day}'""")
    session.unregister("incoming_subjects")


def _ended(session: duckdb.DuckDBPyConnection, keys: str) -> Ended:
    total, count = hashlib.sha256(), 0
    cursor = session.execute(f"SELECT json_array({keys})::VARCHAR FROM {ENDED}")
    while rows := cursor.fetchmany(ROWS):
        total.update("".join(f"{row[0]}\n" for row in rows).encode())
        count += len(rows)
    return Ended(count, keyring().digest(total.hexdigest()))


def telling_values(session: duckdb.DuckDBPyConnection, category: Category, files: list[TableFile]) -> Iterator[str]:
    """Values of ended records that name a record or a person, or are free text."""
    source = f"{versions(category, [f.path for f in files])} SEMI JOIN {ENDED} USING ({keys_of(category)})"
    for item in category.items:
        personal = item.sensitivity not in (Sensitivity.OPEN, Sensitivity.BUSINESS)
        told = item.code in category.key or personal or item.type is ItemType.TEXT
        if told and item.type in (ItemType.STRING, ItemType.TEXT):
            column = name(item.code)
            found = session.execute(f"SELECT DISTINCT {column} FROM {source} WHERE {column} IS NOT NULL").fetchall()
            yield from (str(row[0]) for row in found)


@transaction.atomic
def forget(session: duckdb.DuckDBPyConnection, category: Category) -> None:
    """Remove what the relational database holds of ended records: marks, and names of enterprises that are gone."""
    serials = [row[0] for row in session.execute(f"SELECT DISTINCT _serial FROM {ENDED}").fetchall()]
    for part in _parts(serials):
        _forget_marks(session, category, part)
        if category.code == REGISTRATION:
            EnterpriseName.objects.filter(enterprise_id__in=part).delete()
            blank = dict.fromkeys(("name", "initials", "kind", "area", "industry"), "")
            Enterprise.objects.filter(serial__in=part).update(**blank, established_on=None)


def _forget_marks(session: duckdb.DuckDBPyConnection, category: Category, serials: list[int]) -> None:
    marks = list(RecordMark.objects.filter(category=category.code, serial__in=serials))
    if not marks:
        return
    marked = ", ".join(str(m.serial) for m in marks)
    layout = layout_of(category, tuple(key_columns(category)))
    rows = session.execute(f"SELECT {keys_of(category)} FROM {ENDED} WHERE _serial IN ({marked})").fetchall()
    gone = {(row[0], layout.key(row)) for row in rows}
    RecordMark.objects.filter(pk__in=[m.pk for m in marks if (m.serial, m.record_key) in gone]).delete()


def _parts(serials: list[int]) -> Iterable[list[int]]:
    return (serials[i : i + ROWS] for i in range(0, len(serials), ROWS))
