"""Features that are the newest state of an item, or a ratio of two of them."""

from __future__ import annotations

from jiahe.catalogue import Text
from jiahe.scoring.features import arithmetic
from jiahe.scoring.features.model import EVER, Aggregate, Family, Feature, Function, Unit, Where, Window

Ranks = tuple[tuple[str, int], ...]


def latest(
    category: str, item: str, *, where: tuple[Where, ...] = (), ranks: Ranks = (), window: Window = EVER
) -> Aggregate:
    """The item of the newest record that states it."""
    return Aggregate(category, Function.LATEST, item, window, where, ranks)


def state(code: str, one: Aggregate, name: Text, meaning: Text, unit: Unit, *, better: int = 0) -> Feature:
    return Feature(code, name, meaning, unit, Family.LEVEL, (one,), arithmetic.value, one.window, better)


def share(code: str, part: Aggregate, whole: Aggregate, name: Text, meaning: Text, *, better: int = 0) -> Feature:
    inputs = (part, whole)
    return Feature(code, name, meaning, Unit.HUNDREDTHS, Family.RATIO, inputs, arithmetic.ratio, whole.window, better)
