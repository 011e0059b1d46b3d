"""Who would move if another card took the place of the live one: counts by band, never an enterprise.

The frame has a row for each enterprise with the features of both cards, and `defaulted` (1 or 0) where outcomes are known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import narwhals.stable.v2 as nw

from jiahe.lake.engines.frames import Frame, Frames
from jiahe.scoring.card import Card, scored
from jiahe.scoring.card.model import BANDS

DEFAULTED = "defaulted"
ORDER = range(1, BANDS + 1)


@dataclass(frozen=True)
class Cell:
    """Those whom the live card puts into one band and the tried one into another; `change` sums up their scores' changes."""

    live: int
    tried: int
    enterprises: int
    change: int
    defaults: int


def cells(lake: Frames, frame: Frame, live: Card, tried: Card) -> list[Cell]:
    """The cells that are not empty, in order; `defaults` are 0 in a frame without outcomes."""
    known = DEFAULTED in frame.collect_schema().names()
    defaulted = nw.col(DEFAULTED) if known else nw.lit(0).alias(DEFAULTED)
    codes = dict.fromkeys((*live.codes, *tried.codes))
    before = scored(frame.select(defaulted, *codes), live)
    kept = before.select(DEFAULTED, *codes, nw.col("score").alias("live_score"), nw.col("band").alias("live"))
    both = scored(kept, tried).select(
        "live",
        nw.col("band").alias("tried"),
        (nw.col("score") - nw.col("live_score")).cast(nw.Int64).alias("change"),
        nw.col(DEFAULTED).cast(nw.Int64).alias(DEFAULTED),
    )
    grouped = both.group_by("live", "tried").agg(
        nw.len().alias("enterprises"), nw.col("change").sum(), nw.col(DEFAULTED).sum().alias("defaults")
    )
    rows = lake.collect(grouped).to_pylist()
    return sorted(
        (Cell(**{name: int(n) for name, n in row.items()}) for row in rows), key=lambda one: (one.live, one.tried)
    )


def summary(found: Sequence[Cell], *, least: int, known: bool) -> dict[str, Any]:
    """What is kept and shown: a count of fewer than `least` enterprises is null, and so is its number of defaults.

    `table[live − 1][tried − 1]`; `cuts[k − 1]` tells of the line between the bands up to k and those after it.
    """
    total = sum(one.enterprises for one in found)
    by_bands = {(one.live, one.tried): one for one in found}
    return {
        "enterprises": total,
        "mean_change": round(sum(one.change for one in found) / total, 1) if total else 0.0,
        "up": _shown(sum(one.enterprises for one in found if one.tried < one.live), least),
        "down": _shown(sum(one.enterprises for one in found if one.tried > one.live), least),
        "table": [[_cell(by_bands.get((live, tried)), least, known) for tried in ORDER] for live in ORDER],
        "cuts": [_cut(found, after, least) for after in ORDER[:-1]],
    }


def _cell(one: Cell | None, least: int, known: bool) -> dict[str, int | None]:
    if one is None:
        return {"enterprises": 0, "defaults": None}
    shown = _shown(one.enterprises, least)
    return {"enterprises": shown, "defaults": one.defaults if known and shown is not None else None}


def _cut(found: Sequence[Cell], after: int, least: int) -> dict[str, int | None]:
    risen = sum(one.enterprises for one in found if one.tried <= after < one.live)
    fallen = sum(one.enterprises for one in found if one.live <= after < one.tried)
    return {"after": after, "risen": _shown(risen, least), "fallen": _shown(fallen, least)}


def _shown(count: int, least: int) -> int | None:
    return count if count == 0 or count >= least else None
