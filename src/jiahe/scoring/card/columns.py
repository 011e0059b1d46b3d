"""The card for all enterprises: narwhals expressions for whatever engine the frame lives on."""

from __future__ import annotations

from functools import reduce
from operator import add
from typing import TypeVar

import narwhals.stable.v2 as nw

from jiahe.scoring.card.model import Card, Characteristic

POINTS = "points_"

Frame = TypeVar("Frame", nw.DataFrame, nw.LazyFrame)  # type: ignore[type-arg]  # of whatever backend


def expressions(card: Card) -> dict[str, nw.Expr]:
    """Points by feature; the frame has a numeric column of each feature's code."""
    return {one.code: _points(one) for one in card.characteristics}


def scored(frame: Frame, card: Card) -> Frame:
    """The frame with `points_<feature>` of each feature, `score` and `band`, all int32."""
    columns = {POINTS + code: expression for code, expression in expressions(card).items()}
    return frame.with_columns(**columns).with_columns(score=_score(card)).with_columns(band=_band(card))


def _points(characteristic: Characteristic) -> nw.Expr:
    value = nw.col(characteristic.code).cast(nw.Float64)
    branches = nw.when(value.is_null() | value.is_nan()).then(_whole(characteristic.missing.points))
    *bounded, last = characteristic.bins
    for one in bounded:
        branches = branches.when(value < one.below).then(_whole(one.points))
    return branches.otherwise(_whole(last.points))


def _score(card: Card) -> nw.Expr:
    return reduce(add, [nw.col(POINTS + code) for code in card.codes], _whole(card.base)).cast(nw.Int32)


def _band(card: Card) -> nw.Expr:
    best, *others = card.bands
    branches = nw.when(nw.col("score") >= best).then(_whole(1))
    for number, least in enumerate(others, start=2):
        branches = branches.when(nw.col("score") >= least).then(_whole(number))
    return branches.otherwise(_whole(len(card.bands) + 1))


def _whole(number: int) -> nw.Expr:
    return nw.lit(number, dtype=nw.Int32)
