"""Which way the points of a feature may move: as the feature declares it, as was asked for where it is no declared one."""

from __future__ import annotations

from collections.abc import Mapping

from jiahe.scoring.card import Direction
from jiahe.scoring.features import every

DECLARED = {1: Direction.RISING, -1: Direction.FALLING}


def directions(names: list[str], asked: Mapping[str, Direction]) -> dict[str, Direction]:
    """Features that may move both ways are not in it."""
    declared = {name: DECLARED.get(every()[name].better) for name in names if name in every()}
    found = {name: declared.get(name) or asked.get(name) for name in names}
    return {name: direction for name, direction in found.items() if direction}
