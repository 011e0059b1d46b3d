"""Seal a category's phone and identity numbers with the newest key, wherever deliveries left them.

Lake first, file by file, each put in its place by one entry in the table's log; then the documents, made anew from
it; then the quarantine. The journal's row comes last: without it the next run makes the documents once more.
"""

from __future__ import annotations

from pathlib import Path

import duckdb
from django.db import transaction

from jiahe.audit.journal import write
from jiahe.audit.models import Entry
from jiahe.catalogue import Category
from jiahe.creditfile import projection
from jiahe.gathering import encryption, quarantine
from jiahe.gathering.encryption import RESEAL
from jiahe.gathering.models import Batch
from jiahe.kit.actor import Actor
from jiahe.kit.crypto import keyring
from jiahe.lake.engines import duckdb as engine
from jiahe.lake.engines.duckdb import literal, name
from jiahe.lake.rewriting import rewrite
from jiahe.lake.tables import LakeTable
from jiahe.lake.versions import versions

DONE = "keys.reseal"


def reseal(*, actor: Actor, category: Category) -> int:
    """Do it for one category and give how many files were written anew; again gives 0. Digests stay as they are."""
    codes = [item.code for item in category.items if item.encrypted]
    if not codes:
        return 0
    mark, subject = keyring().mark, f"category:{category.code}"
    files = _lake(category, codes)
    done = Entry.objects.filter(action=DONE, subject=subject).order_by("-pk").first()
    if LakeTable(category).version() >= 0 and (files or done is None or done.facts["mark"] != mark):
        projection.rebuild(category)
        files += _quarantine(category, codes)
        with transaction.atomic():
            write(actor=actor, action=DONE, subject=subject, facts={"mark": mark, "files": files})
    return files


def _lake(category: Category, codes: list[str]) -> int:
    table, count = LakeTable(category), 0
    sealed = ", ".join(f"{RESEAL}(v.{name(c)}) AS {name(c)}" for c in codes)
    with table.writing(), engine.session() as session:
        encryption.register(session)
        for file in table.files():
            if _has_old(session, versions(category, [file.path]), codes):
                new = rewrite(session, table, [file], columns=f"v.* REPLACE ({sealed})")
                table.replace(removed=[file], files=[new] if new else [])
                count += 1
    return count


def _has_old(session: duckdb.DuckDBPyConnection, source: str, columns: list[str]) -> bool:
    mark = literal(f"{keyring().mark}:")
    old = " OR ".join(f"NOT starts_with({name(c)}, {mark})" for c in columns)
    return bool(session.execute(f"SELECT EXISTS (SELECT 1 FROM {source} WHERE {old})").fetchall()[0][0])


def _quarantine(category: Category, codes: list[str]) -> int:
    count = 0
    with engine.session() as session:
        encryption.register(session)
        for batch in Batch.objects.filter(category=category.code, quarantined__gt=0).values_list("pk", flat=True):
            for path in sorted(quarantine.place(batch).glob("*.parquet")):
                count += _quarantined(session, path, codes)
    return count


def _quarantined(session: duckdb.DuckDBPyConnection, path: Path, codes: list[str]) -> int:
    """The file written anew where it holds sealed values, and put in its place whole."""
    source = f"read_parquet({literal(str(path))})"
    present = {row[0] for row in session.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()}
    sealed = [f"{RESEAL}({name(c)}) AS {name(c)}" for c in codes if c in present]
    if "value" in present and "rule" in present:
        listed = ", ".join(literal(c) for c in codes)
        sealed = [f"CASE WHEN item IN ({listed}) THEN {RESEAL}(value) ELSE value END AS value"]
    if not sealed:
        return 0
    draft = path.with_suffix(".new")
    session.execute(
        f"COPY (SELECT * REPLACE ({', '.join(sealed)}) FROM {source}) TO {literal(str(draft))} (FORMAT parquet)"
    )
    draft.replace(path)
    return 1
