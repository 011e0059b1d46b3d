"""The card for all enterprises: narwhals expressions for whatever engine the frame lives on."""

from __future__ import annotations

from functools import reduce
from operator import add
from typing import TypeVar

import narwhals.stable.v2 as nw

from jiahe.scoring.card.model import Bin, Card, Characteristic

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
    """Neither null nor NaN is below a bound, on any engine, so that only what the last bin is left with has to be asked."""
    value = nw.col(characteristic.code).cast(nw.Float64)
    missing = nw.when(value.is_null() | value.is_nan()).then(_whole(characteristic.missing.points))
    return _found(value, characteristic.bins, missing)


def _found(value: nw.Expr, bins: tuple[Bin, ...], missing: nw.Then) -> nw.Expr:
    """By halves: a comparison for each doubling of the bins."""
    if len(bins) == 1:
        points = _whole(bins[0].points)
        return points if bins[0].below is not None else missing.otherwise(points)
    half = len(bins) // 2
    lower, upper = _found(value, bins[:half], missing), _found(value, bins[half:], missing)
    return nw.when(value < bins[half - 1].below).then(lower).otherwise(upper)


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
