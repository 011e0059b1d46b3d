"""Credit files, laid into the store as the projection lays them."""

from __future__ import annotations

from datetime import date
from typing import Any

import orjson
import pyarrow as pa
from django.db import transaction

from jiahe.catalogue import load
from jiahe.creditfile.documents.body import texts
from jiahe.creditfile.documents.store import DocumentStore, alias
from jiahe.creditfile.projection import layout

KNOWN_ON = date(2026, 11, 1)
# One category of each class for either kind of subject, and one whose class a natural subject changes from A2 to R.
OPEN, ORDINARY, SEPARATE, WRITTEN, OWNERS = "0105", "0701", "1703", "1802", "0202"
MIXED = "1204"  # penalties P0, petitions R, the rest A1


def hold(code: str, serial: int, *records: dict[str, Any]) -> None:
    """Keep some records, one without more values unless told otherwise, of an enterprise as its document."""
    category = load().categories[code]
    columns = layout(category)
    rows = [orjson.dumps([_fixed(category.business_date, record).get(c) for c in columns]) + b"," for record in records]
    batch = pa.RecordBatch.from_arrays(
        [pa.array([serial] * len(rows), pa.int64()), pa.array([row.decode() for row in rows], pa.string())],
        names=["_serial", "text"],
    )
    with transaction.atomic(using=alias()):
        store = DocumentStore()
        store.create()
        store.write(category, columns, texts([batch]))


def _fixed(business_date: str, record: dict[str, Any]) -> dict[str, Any]:
    common = {"_available_on": KNOWN_ON, "_loaded_on": KNOWN_ON, "_batch": 1, "_generated": False}
    return common | {"_business_date": record.get(business_date)} | record
