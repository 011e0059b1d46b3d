"""The credit file of one enterprise: as it stands, from the documents; as it was known on a day, from the lake."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from pathlib import Path

from jiahe.catalogue import Category, Retention, load
from jiahe.creditfile import visibility
from jiahe.creditfile.documents.store import DocumentStore
from jiahe.creditfile.models import Enterprise
from jiahe.creditfile.records import Record, marked, marks, records
from jiahe.kit import clock
from jiahe.kit.statements import Rows
from jiahe.lake.engines import duckdb as engine
from jiahe.lake.engines.duckdb import name
from jiahe.lake.tables import LakeTable
from jiahe.lake.versions import current, key_columns, same_key, versions


def read_file(enterprise: Enterprise, categories: Collection[Category]) -> dict[str, list[Record]]:
    """Current records by category code, those that may be kept; each with its marks."""
    by_code = {c.code: c for c in categories}
    signs = marks(enterprise.serial, today=clock.today())
    documents = DocumentStore().read(enterprise.serial, categories)
    found = {d.category: records(by_code[d.category], d.columns, d.rows) for d in documents}
    return shown(found, enterprise, signs)


def read_file_as_of(enterprise: Enterprise, categories: Collection[Category], day: date) -> dict[str, list[Record]]:
    """What was known on a day; today's retention, disputes and repairs rule all the same."""
    found: dict[str, list[Record]] = {}
    with engine.session() as session:
        for category in categories:
            files = [f.path for f in LakeTable(category).files()]
            if files:
                result = session.execute(_known(category, files, enterprise, day))
                names = tuple(column[0] for column in result.description or ())
                found[category.code] = records(category, names, result.fetchall())
    return shown(found, enterprise)


def _known(category: Category, files: list[Path], enterprise: Enterprise, day: date) -> str:
    """The records as they were known on a day, with the ends that their newest versions give them today."""
    only = f"_serial = {enterprise.serial}"
    today = clock.today()
    keys = ", ".join(name(c) for c in key_columns(category))
    ends = (
        f"{{'open': {visibility.open_until(category, today=today)},"
        f" 'retained': {visibility.retained_until(category, today=today)}}}"
    )
    newest = (
        f"SELECT {keys}, max_by({ends}, _batch) AS _ends FROM {versions(category, files)} WHERE {only} GROUP BY ALL"
    )
    return (
        f"SELECT r.*, n._ends.open AS _open_until, n._ends.retained AS _retained_until"
        f" FROM {current(category, files, as_of=day, where=only)} r JOIN ({newest}) n ON {same_key(category, 'r', 'n')}"
        f" ORDER BY {', '.join(f'r.{name(c)}' for c in key_columns(category))}"
    )


def shown(found: dict[str, list[Record]], enterprise: Enterprise, signs: Rows | None = None) -> dict[str, list[Record]]:
    """With their marks, which may have been asked for before, and without what retention has ended.

    What is disputed or repaired says so; who may still see it is the door's rule.
    """
    today = clock.today()
    subject_end = visibility.subject_retained_until(enterprise.ended_on, today=today) or date.max
    known = load().categories
    kept = {
        code: _kept(known[code], rows, subject_end, today)
        for code, rows in marked(found, signs or marks(enterprise.serial, today=today)).items()
    }
    return {code: rows for code, rows in kept.items() if rows}


def _kept(category: Category, rows: list[Record], subject_end: date, today: date) -> list[Record]:
    """Records that end with their subject end all at once."""
    if category.retention is Retention.SUBJECT:
        return rows if subject_end >= today else []
    return [r for r in rows if (r.retained_until or subject_end) >= today]
