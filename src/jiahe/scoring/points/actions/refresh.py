"""Take over the newest features, as far as points and limits need them."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
from django.db import transaction

from jiahe.lake.engines.frames import frames
from jiahe.scoring.features.calculation import calculate
from jiahe.scoring.points.defaults import default
from jiahe.scoring.points.measures import BASES
from jiahe.scoring.points.models import Known, SystemVersion
from jiahe.scoring.points.queries.known import SERIAL

AT_ONCE = 5_000


def refresh(*, as_of: date) -> int:
    """Work them out from the lake as it was known on a day; how many enterprises there are."""
    systems = [default(), *(version.system for version in SystemVersion.objects.all())]
    codes = sorted({*BASES, *(code for system in systems for code in system.features)})
    with frames() as lake:
        table = lake.collect(calculate(lake, as_of, codes))
    return take_over(as_of=as_of, table=table.select(["_serial", *codes]).rename_columns([SERIAL, *codes]))


@transaction.atomic
def take_over(*, as_of: date, table: pa.Table) -> int:
    """Keep a frame of `serial` and features in the place of what was known."""
    Known.objects.all().delete()
    for batch in table.to_batches(max_chunksize=AT_ONCE):
        rows = [Known(serial=row.pop(SERIAL), as_of=as_of, features=row) for row in batch.to_pylist()]
        Known.objects.bulk_create(rows)
    return int(table.num_rows)
