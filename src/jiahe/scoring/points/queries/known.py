"""What is known of enterprises: the features of the last run of everybody that points and limits are made of."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

import narwhals.stable.v2 as nw
import pyarrow as pa

from jiahe.lake.engines.frames import Frame, Frames, frames
from jiahe.scoring.models import Run
from jiahe.scoring.points.system import Values
from jiahe.scoring.queries.runs import files_of, whole

SERIAL = "_serial"


@dataclass(frozen=True)
class Of:
    """The values of one enterprise, and the day whose records they rest on."""

    as_of: date
    values: Values


def known(serials: Collection[int], codes: Iterable[str]) -> dict[int, Of]:
    """By serial; an enterprise that the last run did not know is left out, and everybody where there was none."""
    run = whole()
    if run is None:
        return {}
    wanted = pa.table({SERIAL: pa.array(sorted(serials), pa.int64())})
    with frames() as lake:
        found = _features(lake, run, codes).join(lake.given(wanted), on=SERIAL, how="semi")
        rows = lake.collect(found).to_pylist()
    return {row.pop(SERIAL): Of(run.as_of, row) for row in rows}


def city(codes: Iterable[str]) -> pa.Table:
    """A row for every enterprise with a column for each feature, null where it is not known; no row where no run was."""
    run = whole()
    if run is None:
        return pa.table({code: pa.array([], pa.int64()) for code in (SERIAL, *dict.fromkeys(codes))})
    with frames() as lake:
        return lake.collect(_features(lake, run, codes))


def _features(lake: Frames, run: Run, codes: Iterable[str]) -> Frame:
    """A feature that the run did not make yet is known of nobody."""
    made = lake.stored(files_of(run))
    there = set(made.collect_schema().names())
    columns = [
        nw.col(code) if code in there else nw.lit(None, dtype=nw.Int64).alias(code) for code in dict.fromkeys(codes)
    ]
    return made.select(SERIAL, *columns)
