"""Points in lines, as their enterprise reads them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from jiahe.catalogue import names
from jiahe.scoring.points import words
from jiahe.scoring.points.system import DimensionPoints, IndicatorPoints, Points


@dataclass(frozen=True)
class Line:
    """`value` is empty where nothing is known."""

    name: str
    value: str
    points: int
    best: int


@dataclass(frozen=True)
class Part:
    name: str
    points: int
    most: int
    lines: tuple[Line, ...]


def parts(points: Points) -> Iterator[Part]:
    return (_part(one) for one in points.dimensions)


def _part(dimension: DimensionPoints) -> Part:
    lines = tuple(_line(one) for one in dimension.made_of)
    return Part(names.said(dimension.name), dimension.points, dimension.most, lines)


def _line(one: IndicatorPoints) -> Line:
    value = "" if one.value is None else words.value(one.feature, one.value)
    return Line(words.name(one.feature), value, one.points, one.best)
