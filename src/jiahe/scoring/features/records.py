"""Which records may be used: known on the day, within retention, no person's own, not repaired (DOMAIN §1.3: repair means stop using)."""

from __future__ import annotations

from datetime import date

import narwhals.stable.v2 as nw
import pyarrow as pa

from jiahe.catalogue import Authorisation, Category, Retention
from jiahe.creditfile.models import MarkKind, RecordMark
from jiahe.kit import parameters
from jiahe.lake.engines.frames import Frame, Frames
from jiahe.lake.versions import key_columns

KEY = "_record_key"


def usable(lake: Frames, category: Category, as_of: date, only: Frame | None = None) -> Frame:
    """The records of a category that a score of the day may rest on, of all enterprises or of those of some serials."""
    records = lake.current(category, as_of=as_of)
    if only is not None:
        records = records.join(only, on="_serial", how="semi")
    if category.retention is Retention.NEGATIVE:
        records = records.filter(_retained(category, as_of))
    for rule in category.record_classes:
        if rule.authorisation is Authorisation.R:  # a person's own: no score rests on it
            records = records.filter(nw.col(rule.item).is_null() | ~nw.col(rule.item).is_in(rule.values))
    repaired = _repaired(category, as_of)
    if repaired.num_rows:
        named = [nw.col(code).cast(nw.String) for code in key_columns(category)[1:]]
        key = nw.concat_str(*named, separator="|", ignore_nulls=True) if named else nw.lit("")
        records = records.with_columns(key.alias(KEY)).join(lake.given(repaired), on=["_serial", KEY], how="anti")
    return records


def _retained(category: Category, as_of: date) -> nw.Expr:
    """Not older than retention allows, counted as `creditfile.visibility` does."""
    years = parameters.value("negative_retention_years", on=as_of)
    day = as_of.replace(year=as_of.year - years, day=min(as_of.day, 28))
    kept = nw.col("_business_date") >= nw.lit(day)
    return kept | (nw.col(category.ended_on) >= nw.lit(day)) if category.ended_on else kept


def _repaired(category: Category, as_of: date) -> pa.Table:
    marks = RecordMark.objects.filter(category=category.code, kind=MarkKind.REPAIRED, since__lte=as_of)
    rows = list(marks.exclude(lifted_on__lte=as_of).values_list("serial", "record_key").distinct())
    columns = [pa.array([row[0] for row in rows], pa.int64()), pa.array([row[1] for row in rows], pa.string())]
    return pa.Table.from_arrays(columns, names=["_serial", KEY])
