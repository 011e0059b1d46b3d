"""The indicator system of the credit points: dimension → indicator → bands → points. No Django here, nothing is run.

A band reaches from its lower bound, which belongs to it, up to the next band's, which does not; the first has none. So
no value lies between two bands or in two of them. A value that is not known has points of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import Any

import narwhals.stable.v2 as nw

from jiahe.catalogue import Text

Values = Mapping[str, int | None]


@dataclass(frozen=True)
class Band:
    """Values from `least` on (None: all that are below the next band) are worth `points`."""

    least: int | None
    points: int


@dataclass(frozen=True)
class Indicator:
    """What a feature's value is worth; `missing`, where it is not known."""

    feature: str
    bands: tuple[Band, ...]
    missing: int = 0

    @property
    def best(self) -> int:
        return max(self.missing, *(band.points for band in self.bands))


@dataclass(frozen=True)
class Dimension:
    """Its indicators' points are added up, and are never worth more than `most`."""

    code: str
    name: Text
    most: int
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True)
class System:
    dimensions: tuple[Dimension, ...]

    @property
    def most(self) -> int:
        return sum(dimension.most for dimension in self.dimensions)

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        return tuple(indicator for dimension in self.dimensions for indicator in dimension.indicators)

    @property
    def features(self) -> tuple[str, ...]:
        return tuple(indicator.feature for indicator in self.indicators)


@dataclass(frozen=True)
class IndicatorPoints:
    """What one indicator gave; `band` is None where the value is not known."""

    feature: str
    value: int | None
    band: int | None
    points: int
    best: int


@dataclass(frozen=True)
class DimensionPoints:
    code: str
    name: Text
    points: int
    most: int
    made_of: tuple[IndicatorPoints, ...]


@dataclass(frozen=True)
class Points:
    total: int
    most: int
    dimensions: tuple[DimensionPoints, ...]


def points(system: System, values: Values) -> Points:
    """The points of one enterprise, and what they are made of; a feature that `values` lacks is not known."""
    found = tuple(_dimension(one, values) for one in system.dimensions)
    return Points(sum(one.points for one in found), system.most, found)


def _dimension(dimension: Dimension, values: Values) -> DimensionPoints:
    made_of = tuple(_indicator(one, values.get(one.feature)) for one in dimension.indicators)
    reached = min(sum(one.points for one in made_of), dimension.most)
    return DimensionPoints(dimension.code, dimension.name, reached, dimension.most, made_of)


def _indicator(indicator: Indicator, value: int | None) -> IndicatorPoints:
    if value is None:
        return IndicatorPoints(indicator.feature, None, None, indicator.missing, indicator.best)
    place = max(n for n, band in enumerate(indicator.bands) if band.least is None or value >= band.least)
    return IndicatorPoints(indicator.feature, value, place, indicator.bands[place].points, indicator.best)


def total(system: System) -> nw.Expr:
    """The same total for every row of a frame that has a column for each of the system's features."""
    return reduce(add, (dimension_points(one) for one in system.dimensions))


def dimension_points(dimension: Dimension) -> nw.Expr:
    reached = reduce(add, (_worth(one) for one in dimension.indicators))
    return nw.when(reached > dimension.most).then(nw.lit(dimension.most)).otherwise(reached)


def _worth(indicator: Indicator) -> nw.Expr:
    value = nw.col(indicator.feature)
    worth: Any = nw.lit(indicator.bands[0].points)
    for band in indicator.bands[1:]:
        worth = nw.when(value >= band.least).then(nw.lit(band.points)).otherwise(worth)
    return nw.when(value.is_null()).then(nw.lit(indicator.missing)).otherwise(worth)
