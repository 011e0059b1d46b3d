"""Take over the newest features, as far as points and limits need them."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
from django.db import transaction

from jiahe.scoring.points.models import Known
from jiahe.scoring.points.queries.known import SERIAL

AT_ONCE = 5_000


@transaction.atomic
def take_over(*, as_of: date, table: pa.Table) -> int:
    """Keep a frame of `serial` and features in the place of what was known; how many enterprises it has."""
    Known.objects.all().delete()
    for batch in table.to_batches(max_chunksize=AT_ONCE):
        rows = [Known(serial=row.pop(SERIAL), as_of=as_of, features=row) for row in batch.to_pylist()]
        Known.objects.bulk_create(rows)
    return int(table.num_rows)
