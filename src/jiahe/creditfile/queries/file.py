"""The credit file of one enterprise: as it stands, from the documents; as it was known on a day, from the lake."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from pathlib import Path

from jiahe.catalogue import Category
from jiahe.creditfile import visibility
from jiahe.creditfile.documents.store import DocumentStore
from jiahe.creditfile.models import Enterprise
from jiahe.creditfile.records import Record, marked, record, records
from jiahe.kit import clock
from jiahe.lake.engines import duckdb as engine
from jiahe.lake.engines.duckdb import name
from jiahe.lake.tables import LakeTable
from jiahe.lake.versions import current, key_columns, same_key, versions


def read_file(enterprise: Enterprise, categories: Collection[Category]) -> dict[str, list[Record]]:
    """Current records by category code, those that may be kept; each with its marks."""
    by_code = {c.code: c for c in categories}
    found = [r for d in DocumentStore().read(enterprise.serial, categories) for r in records(by_code[d.category], d)]
    return shown(found, enterprise)


def read_file_as_of(enterprise: Enterprise, categories: Collection[Category], day: date) -> dict[str, list[Record]]:
    """What was known on a day; today's retention, disputes and repairs rule all the same."""
    found: list[Record] = []
    with engine.session() as session:
        for category in categories:
            files = [f.path for f in LakeTable(category).files()]
            if files:
                result = session.execute(_known(category, files, enterprise, day))
                names = [column[0] for column in result.description or ()]
                found += [record(category, dict(zip(names, row, strict=True))) for row in result.fetchall()]
    found.sort(key=lambda r: (r.business_date or date.min, r.key), reverse=True)
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
    )


def shown(found: list[Record], enterprise: Enterprise) -> dict[str, list[Record]]:
    """Without what retention has ended. What is disputed or repaired says so; who may still see it is the door's rule."""
    today = clock.today()
    subject_end = visibility.subject_retained_until(enterprise.ended_on, today=today)
    shown: dict[str, list[Record]] = {}
    for r in marked(found, enterprise.serial, today=today):
        until = r.retained_until or subject_end
        if until is None or until >= today:
            shown.setdefault(r.category, []).append(r)
    return shown
