"""The card for one enterprise: plain functions, equal on every value to the expressions of `columns`."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from math import exp, floor, isnan

from jiahe.scoring.card.model import Card, Characteristic, Logistic

Values = Mapping[str, int | float | None]


def points(card: Card, values: Values) -> dict[str, int]:
    """Points by feature, in the card's order. A feature that was not worked out at all is a KeyError, not a missing value."""
    return {one.code: _points(one, values[one.code]) for one in card.characteristics}


def _points(characteristic: Characteristic, value: float | None) -> int:
    if value is None or isnan(value):
        return characteristic.missing.points
    # A double, as the engines compare: a whole number beyond 2^53 is rounded in both.
    known = float(value)
    return next(one.points for one in characteristic.bins if one.below is None or known < one.below)


def score(card: Card, values: Values) -> int:
    return card.base + sum(points(card, values).values())


def band(card: Card, score: int) -> int:
    """1 (the soundest) to 5."""
    return 1 + sum(score < least for least in card.bands)


def probability(card: Card, score: int) -> float:
    """Of a default within the performance window."""
    match card.calibration:
        case Logistic(slope, intercept):
            # Beyond ±700 the exponential leaves the range of a double.
            return 1 / (1 + exp(max(-700.0, min(700.0, -(slope * score + intercept)))))
        case steps:
            return steps.probabilities[bisect_right(steps.scores, score)]


def reasons(card: Card, points: Mapping[str, int]) -> dict[str, int]:
    """What each feature gives more (or less) than an average enterprise has, in whole points, half up."""
    return {one.code: floor(points[one.code] - one.average + 0.5) for one in card.characteristics}
