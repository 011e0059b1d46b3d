"""The divisions of those whose registration states none."""

from __future__ import annotations

from datetime import date

import narwhals.stable.v2 as nw
import pyarrow as pa

from jiahe.catalogue import load
from jiahe.lake.engines.frames import Frame, Frames
from jiahe.scoring.features.records import usable
from jiahe.scoring.industry import Model, standard

REGISTRATION = "0101"
READ = ("_serial", "industry_division", "business_scope", "name")
LEARNT = 50_000
HUNDREDTHS = 10_000  # of a per cent


def inferred(lake: Frames, as_of: date, only: Frame | None = None) -> pa.Table:
    """`_serial`, `division`, `certainty` (hundredths of a per cent) of the enterprises whose division had to be inferred.

    It is learnt from the registrations that state one; where a text tells of no division, its enterprise is not in the table.
    """
    records = usable(lake, load().categories[REGISTRATION], as_of).select(*READ)
    unstated = nw.col("industry_division").is_null()
    asked = records.filter(unstated)
    asking = _rows(lake, asked if only is None else asked.join(only, on="_serial", how="semi"))
    if not asking:
        return _table([])
    model = Model.of(standard().stored())
    model.learn(
        (division, scope, name) for _serial, division, scope, name in _rows(lake, records.filter(~unstated), LEARNT)
    )
    found = [(s, model.infer(scope, name)) for s, _division, scope, name in asking]
    return _table([(serial, one.division, round(one.certainty * HUNDREDTHS)) for serial, one in found if one])


def _table(known: list[tuple[int, str, int]]) -> pa.Table:
    kinds = {"_serial": pa.int64(), "division": pa.string(), "certainty": pa.int64()}
    arrays = [pa.array([row[i] for row in known], kind) for i, kind in enumerate(kinds.values())]
    return pa.Table.from_arrays(arrays, names=list(kinds))


def _rows(lake: Frames, frame: Frame, most: int | None = None) -> list[tuple[int, str, str, str]]:
    """The first by serial, so that the same lake gives the same model."""
    ordered = frame.sort("_serial")
    table = lake.collect(ordered.head(most) if most else ordered)
    columns = [table.column(name).to_pylist() for name in READ]
    return [
        (serial, division or "", scope or "", name or "")
        for serial, division, scope, name in zip(*columns, strict=True)
    ]
