"""The features of everybody as the last run made them, and with what became of each enterprise."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

import narwhals.stable.v2 as nw
import pyarrow as pa

from jiahe.lake.engines.frames import Frame, Frames, frames
from jiahe.scoring.eligibility import READ
from jiahe.scoring.errors import NoFeatures
from jiahe.scoring.features.calculation import calculate
from jiahe.scoring.queries import outcomes
from jiahe.scoring.queries.runs import files_of, whole
from jiahe.scoring.telling import eligible

DEFAULTED, OBSERVED = "defaulted", "observed_on"


def everybody(lake: Frames) -> Frame:
    """One row for each enterprise; `NoFeatures` where no run was completed."""
    run = whole()
    if run is None:
        raise NoFeatures
    return lake.stored(files_of(run))


def scorable(lake: Frames) -> tuple[Frame, date]:
    """The rows of `everybody` that can be scored, and the day they were made for."""
    run = whole()
    if run is None:
        raise NoFeatures
    return eligible(lake.stored(files_of(run)), run.as_of), run.as_of


def values(serials: Sequence[int], codes: Collection[str]) -> dict[int, dict[str, int | None]]:
    """Some features of some enterprises; those that the last run did not know are left out."""
    wanted = pa.table({"_serial": pa.array(serials, pa.int64())})
    with frames() as lake:
        found = everybody(lake).select("_serial", *codes).join(lake.given(wanted), on="_serial", how="semi")
        rows = lake.collect(found).to_pylist()
    return {row.pop("_serial"): row for row in rows}


def labelled(lake: Frames, as_of: date, codes: Collection[str] | None = None) -> Frame:
    """Features (all, or those of `codes`) as known on a day with what became of each enterprise: a row for each that could have been scored then.

    Whoever was in default already is left out. `OutcomesNotKnownYet` where the window behind the day is not over yet.
    """
    labels = outcomes.label(as_of=as_of)
    wanted = None if codes is None else {*codes, *READ}
    features = eligible(lake.keep(calculate(lake, as_of, wanted)), as_of)
    sound = features.join(_serials(lake, labels.excluded), on="_serial", how="anti")
    bad = _serials(lake, labels.defaulted).with_columns(nw.lit(1).cast(nw.Int64).alias(DEFAULTED))
    joined = sound.join(bad, on="_serial", how="left")
    observed = nw.lit(as_of).alias(OBSERVED)
    return joined.with_columns(nw.col(DEFAULTED).fill_null(0), observed)


def _serials(lake: Frames, serials: Collection[int]) -> Frame:
    return lake.given(pa.table({"_serial": pa.array(sorted(serials), pa.int64())}))
