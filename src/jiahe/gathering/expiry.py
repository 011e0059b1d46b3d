"""Refused records that may be kept no more: by their own retention, as far as they can be read, or by their age."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

import duckdb
import pyarrow as pa

from jiahe.catalogue import Category, load
from jiahe.creditfile import visibility
from jiahe.creditfile.models import Enterprise
from jiahe.gathering import quarantine
from jiahe.gathering.models import Batch
from jiahe.gathering.values import value
from jiahe.kit import clock, uscc
from jiahe.kit.crypto import keyring
from jiahe.lake.engines import duckdb as engine
from jiahe.lake.engines.duckdb import literal, name

BY_AGE = "quarantine_retention_days"


@dataclass(frozen=True)
class Rule:
    """A retention parameter and its value in force: years for records, days for the quarantine as a whole."""

    name: str
    limit: int


@dataclass(frozen=True)
class Expired:
    """The batches whose quarantine holds such records, how many, and a keyed digest of their files and rows."""

    batches: list[int]
    records: int
    digest: str


def find(category: Category, rule: Rule, day: date) -> Expired:
    """What a rule ends on a day in a category's quarantine."""
    total, records, batches = hashlib.sha256(), 0, []
    for batch in _batches(category, rule, day):
        with _expired(category, batch, rule, day) as session:
            rows = session.execute("SELECT file, row FROM expired ORDER BY _row").fetchall()
        if rows or rule.name == BY_AGE:
            batches.append(batch)
            records += len(rows)
            total.update("".join(f"{batch}|{file}|{row}\n" for file, row in rows).encode())
    return Expired(batches, records, keyring().digest(total.hexdigest()))


def erase(category: Category, batches: Sequence[int], rule: Rule, day: date) -> None:
    """Remove what `find` found; once more after a crash finishes it."""
    for batch in batches:
        folder = quarantine.place(batch)
        if rule.name == BY_AGE:
            shutil.rmtree(folder, ignore_errors=True)
        elif folder.exists():
            with _expired(category, batch, rule, day) as session:
                # The reasons first: as long as a record is there, another run finds it and its reasons.
                _rewrite(session, folder / "reasons.parquet")
                _rewrite(session, folder / "records.parquet")


def _batches(category: Category, rule: Rule, day: date) -> list[int]:
    found = Batch.objects.filter(category=category.code, quarantined__gt=0).order_by("pk")
    if rule.name == BY_AGE:
        found = found.filter(started_at__lt=_midnight(day - timedelta(days=rule.limit)))
    return [pk for pk in found.values_list("pk", flat=True) if quarantine.place(pk).exists()]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, clock.ZONE)


@contextmanager
def _expired(category: Category, batch: int, rule: Rule, day: date) -> Iterator[duckdb.DuckDBPyConnection]:
    """A session with `expired(_row, file, row)`: what a rule ends of one batch's refused records."""
    path = quarantine.place(batch) / "records.parquet"
    with engine.session() as session:
        source = f"read_parquet({literal(str(path))})"
        if rule.name == BY_AGE:
            session.execute(f"CREATE TEMP TABLE expired AS SELECT _row, file, row FROM {source}")
        else:
            present = {row[0] for row in session.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()}
            _subjects(session, source, day)
            until = f"coalesce({visibility.retained_until(category, today=day)}, until)"
            session.execute(f"""CREATE TEMP TABLE expired AS
                SELECT _row, file, row FROM {_dated(category, source, present)} WHERE {until} < DATE '{day}'""")
        yield session


def _dated(category: Category, source: str, present: set[str]) -> str:
    """The refused records with the dates that rule their retention, as far as they can be read."""
    dates = {"_business_date": category.business_date}
    if category.ended_on:
        dates[category.ended_on] = category.ended_on
    selected = ", ".join(f"{_day(category, code, present)} AS {name(alias)}" for alias, code in dates.items())
    return f"(SELECT _row, file, row, until, {selected} FROM {source} LEFT JOIN ended_subject ON uscc = written)"


def _day(category: Category, code: str, present: set[str]) -> str:
    return f"CAST({value(category.by_code[code], code, load())} AS DATE)" if code in present else "NULL::DATE"


def _subjects(session: duckdb.DuckDBPyConnection, source: str, day: date) -> None:
    """Fill `ended_subject(written, until)` for the codes of refused records whose enterprise has ended."""
    written = [row[0] for row in session.execute(f"SELECT DISTINCT uscc FROM {source} WHERE uscc <> ''").fetchall()]
    codes = {w: uscc.normalise(w) for w in written}
    ended = dict(Enterprise.objects.filter(uscc__in=codes.values(), ended_on__lt=day).values_list("uscc", "ended_on"))
    rows = [
        (w, visibility.subject_retained_until(ended[code], today=day)) for w, code in codes.items() if code in ended
    ]
    columns = [pa.array([r[0] for r in rows], pa.string()), pa.array([r[1] for r in rows], pa.date32())]
    session.register("incoming_subjects", pa.Table.from_arrays(columns, names=["written", "until"]))
    session.execute("CREATE TEMP TABLE ended_subject AS SELECT * FROM incoming_subjects")
    session.unregister("incoming_subjects")


def _rewrite(session: duckdb.DuckDBPyConnection, path: Path) -> None:
    """The file without the rows of `expired`, put in its place whole."""
    draft = path.with_suffix(".new")
    kept = (
        f"SELECT * FROM read_parquet({literal(str(path))}) WHERE _row IS NULL OR _row NOT IN (SELECT _row FROM expired)"
    )
    session.execute(f"COPY ({kept}) TO {literal(str(draft))} (FORMAT parquet)")
    draft.replace(path)
