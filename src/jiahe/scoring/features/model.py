"""What a feature is: declared once, understood by both engines, by readers and by the model document.

A feature is an `int64` or null for each enterprise. Null says “not known”, never 0. Amounts are fen, quantities the item's scaled
integer, ratios hundredths of a per cent rounded half up.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import narwhals.stable.v2 as nw

from jiahe.catalogue import Authorisation, Text, load

Combine = Callable[..., nw.Expr]


class Family(StrEnum):
    """What kind of thing a feature tells."""

    LEVEL = "level"
    TREND = "trend"
    VOLATILITY = "volatility"
    GAPS = "gaps"
    RECENCY = "recency"
    COUNT = "count"
    RATIO = "ratio"
    PEERS = "peers"
    RELATED = "related"


class Unit(StrEnum):
    FEN = "fen"  # shown as 万元
    HUNDREDTHS = "hundredths"  # of a per cent
    MONTHS = "months"
    TIMES = "times"
    PEOPLE = "people"
    HOUSEHOLDS = "enterprises"
    KWH = "kwh"
    CUBIC_METRES = "cubic_metres"
    POINTS = "points"
    RANK = "rank"
    YES = "yes"

    @property
    def scale(self) -> int:
        """How many of the whole numbers make one of what people read."""
        return _SCALES.get(self, 1)


_SCALES = {
    Unit.FEN: 1_000_000,
    Unit.HUNDREDTHS: 100,
    Unit.POINTS: 100,
    Unit.KWH: 100,
    Unit.CUBIC_METRES: 100,
}


class Function(StrEnum):
    """How the records of one enterprise within a window become one number."""

    SUM = "sum"
    COUNT = "count"  # of records
    MAX = "max"
    MIN = "min"
    LATEST = "latest"  # of the newest record that has the item; of several of one day the largest
    MONTHS = "months"  # with at least one record
    SINCE = "since"  # months from the newest record to the end
    FIRST = "first"  # months from the oldest record to the end
    MOMENT = "moment"  # Σ of the value times its month, the newest month being -1 (of the month alone without an item)
    SQUARES = "squares"  # Σ of the month squared


@dataclass(frozen=True)
class Window:
    """The `months` before the end, `skipped` of them left out; all records where None."""

    months: int | None = None
    skipped: int = 0

    @property
    def code(self) -> str:
        if self.months is None:
            return "ever"
        return f"{self.months}m" + (f"_before_{self.skipped}m" if self.skipped else "")


EVER = Window()


@dataclass(frozen=True)
class Where:
    """Only records whose item is one of the values (None for “not stated”), or at least a number, or below it."""

    item: str
    values: tuple[str | bool | None, ...] = ()
    at_least: int | None = None
    below: int | None = None

    @property
    def code(self) -> str:
        values = ["none" if v is None else str(v).lower() for v in self.values]
        bounds = [f"{word}{n}" for word, n in (("from", self.at_least), ("below", self.below)) if n is not None]
        return "_".join([self.item, *values, *bounds])


@dataclass(frozen=True)
class Aggregate:
    """One number out of an enterprise's records of a category. `ranks` stand for the values of a coded item."""

    category: str
    function: Function
    item: str = ""
    window: Window = EVER
    where: tuple[Where, ...] = ()
    ranks: tuple[tuple[str, int], ...] = ()

    @property
    def column(self) -> str:
        """Its name in the frames between records and features: one for each that differs."""
        parts = (f"c{self.category}", self.function.value, self.item, *(w.code for w in self.where), self.window.code)
        return "_".join(part for part in parts if part)


@dataclass(frozen=True, eq=False)
class Feature:
    """One feature. `better` is +1 where more of it can only speak for the enterprise, -1 where only against it.

    `combine` makes the value of the aggregates' columns. `zero` says that no record means none, where the department
    delivers at all.
    """

    code: str
    name: Text
    meaning: Text
    unit: Unit
    family: Family
    inputs: tuple[Aggregate, ...]
    combine: Combine
    window: Window = EVER
    better: int = 0
    zero: bool = False

    @property
    def categories(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(i.category for i in self.inputs))

    @property
    def items(self) -> tuple[str, ...]:
        """The source items, as `category.item`."""
        named = [(i.category, item) for i in self.inputs for item in (i.item, *(w.item for w in i.where)) if item]
        return tuple(dict.fromkeys(f"{category}.{item}" for category, item in named))

    @property
    def authorisation(self) -> Authorisation:
        """The strictest class of the categories it comes from."""
        known = load().categories
        order = list(Authorisation)
        return max((known[code].authorisation for code in self.categories), key=order.index, default=Authorisation.P0)
