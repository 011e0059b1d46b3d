"""Put what a run tells in the place of what was told before, and keep what changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow as pa
from django.db import connection, transaction

from jiahe.scoring.models import IncomingScore, Reach, Run, Score, ScoreChange

ROWS = 10_000
OWN = ("serial", "score", "band", "unscored", "division", "certainty", "size", "position", "peers", "points", "known")
EVERY = (*OWN, "run", "card", "as_of")
OPTIONAL = ("unscored", "division", "size", "points", "known")  # an empty text where there is none
_INCOMING, _SCORE, _CHANGE = (model._meta.db_table for model in (IncomingScore, Score, ScoreChange))
_LISTED = ", ".join(EVERY)
_REPLACED = ", ".join(f"{column} = excluded.{column}" for column in EVERY if column != "serial")
# Another card may give the same score; who loses the score, or gets one, has another one too.
_CHANGED = f"""
INSERT INTO {_CHANGE} ({_LISTED}) SELECT {", ".join(f"i.{column}" for column in EVERY)} FROM {_INCOMING} i
LEFT JOIN {_SCORE} s ON s.serial = i.serial
WHERE s.serial IS NULL OR coalesce(s.score, -1) <> coalesce(i.score, -1) OR s.unscored <> i.unscored OR s.card <> i.card"""
_TOLD = f"""
INSERT INTO {_SCORE} ({_LISTED}) SELECT {_LISTED} FROM {_INCOMING} WHERE true
ON CONFLICT (serial) DO UPDATE SET {_REPLACED}"""
_GONE = f"DELETE FROM {_SCORE} WHERE serial NOT IN (SELECT serial FROM {_INCOMING})"


@transaction.atomic
def tell(run: Run, told: pa.Table) -> int:
    """Gives how many changed. Of a run of everybody, who is not told of any more has no row any more."""
    with connection.cursor() as cursor:
        marks = ", ".join(["%s"] * len(EVERY))
        statement = f"INSERT INTO {_INCOMING} ({_LISTED}) VALUES ({marks})"
        for rows in _rows(told, run):
            cursor.executemany(statement, rows)
        cursor.execute(_CHANGED)
        changed = int(cursor.rowcount)
        cursor.execute(_TOLD)
        if run.reach == Reach.EVERYBODY:
            cursor.execute(_GONE)
        cursor.execute(f"DELETE FROM {_INCOMING}")
    return changed


def _rows(told: pa.Table, run: Run) -> Iterator[list[tuple[Any, ...]]]:
    table = told.rename_columns({"_serial": "serial"}).select(list(OWN))
    for name in OPTIONAL:
        filled = table.column(name).fill_null("")
        table = table.set_column(table.schema.get_field_index(name), name, filled)
    for batch in table.to_batches(max_chunksize=ROWS):
        columns = [column.to_pylist() for column in batch.columns]
        yield [(*row, run.pk, run.card, run.as_of) for row in zip(*columns, strict=True)]
