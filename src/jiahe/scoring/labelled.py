"""A table to train and test on: the platform's own records with what became of each enterprise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq

from jiahe.lake.engines.frames import frames
from jiahe.scoring.queries.features import DEFAULTED, labelled


@dataclass(frozen=True)
class Written:
    rows: int
    defaults: int


def write(days: Sequence[date], out: Path) -> Written:
    """A row for each enterprise and observation day: `uscc`, `observed_on`, groups, features, `defaulted` (0 or 1)."""
    rows, defaults, writer = 0, 0, None
    try:
        for day in sorted(set(days)):
            with frames() as lake:
                found = lake.collect(labelled(lake, day).drop("_serial").sort("uscc"))
            writer = writer or pq.ParquetWriter(out, found.schema, compression="zstd")
            writer.write_table(found)
            rows += found.num_rows
            defaults += pc.sum(found.column(DEFAULTED)).as_py() or 0
    finally:
        if writer:
            writer.close()
    return Written(rows, defaults)
