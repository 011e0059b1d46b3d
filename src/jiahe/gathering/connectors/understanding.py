"""From the rows of an on-demand answer to records: the same normalisation and checks as of a delivered file."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from jiahe.catalogue import Category
from jiahe.creditfile import visibility
from jiahe.creditfile.models import Enterprise
from jiahe.creditfile.records import Record, records
from jiahe.gathering import encryption, headers, writing
from jiahe.gathering.connectors.source import Source
from jiahe.gathering.readers.jsonl import text
from jiahe.gathering.readers.table import Reading, from_arrow
from jiahe.gathering.staging import Staging
from jiahe.kit import clock, uscc
from jiahe.kit.home import folder
from jiahe.lake.engines import duckdb as engine
from jiahe.lake.engines.duckdb import name
from jiahe.lake.versions import key_columns

NO_BATCH = 0  # the record lies in no batch of the lake


def understand(source: Source, enterprise: Enterprise, rows: list[dict[str, Any]]) -> tuple[list[Record], int]:
    """The enterprise's records, newest first, and how many rows are refused: by a check, or as another enterprise's.

    A missing required column refuses the answer as it refuses a file.
    """
    own = _own(source, enterprise, rows)
    if not own:
        return [], len(rows)
    with tempfile.TemporaryDirectory(dir=folder("tmp")) as work, engine.session() as session:
        encryption.register(session)
        staging = Staging(session, source.category, clock.today(), source.aliases)
        columns = _columns(own)
        texts = [pa.array([text(row.get(c)) for row in own], pa.string()) for c in columns]
        staging.load([from_arrow(source.code, columns, texts, Reading(session, Path(work)), first_row=1)])
        refused = staging.judge()
        found = _records(session, source.category, staging)
    return found, refused + len(rows) - len(own)


def _own(source: Source, enterprise: Enterprise, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows that are about the enterprise that was asked for."""
    if not rows:
        return []
    column = headers.understand(source.category, _columns(rows), source.code, source.aliases).items["uscc"]
    return [row for row in rows if uscc.normalise(str(row.get(column))) == enterprise.uscc]


def _columns(rows: list[dict[str, Any]]) -> list[str]:
    return list(dict.fromkeys(key for row in rows for key in row))


def _records(session: duckdb.DuckDBPyConnection, category: Category, staging: Staging) -> list[Record]:
    today = clock.today()
    accepted = f"(SELECT *, 'I' AS _change FROM {staging.accepted()} WHERE NOT _withdraw)"
    rows = writing.rows_of(category, accepted, NO_BATCH, today, history=False)
    open_until = visibility.open_until(category, today=today)
    retained_until = visibility.retained_until(category, today=today)
    result = session.execute(
        f"SELECT *, {open_until} AS _open_until, {retained_until} AS _retained_until FROM ({rows}) AS answer"
        f" ORDER BY {', '.join(name(c) for c in key_columns(category))}"
    )
    names = tuple(column[0] for column in result.description or ())
    return records(category, names, result.fetchall())
