"""A stretch of one category's records as columns of firm, time and ordinal, from which every item's value is made."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from jiahe.catalogue import Catalogue, Category
from jiahe.city.chance import draw
from jiahe.city.graph import Graph
from jiahe.city.health import Life
from jiahe.city.plan import STEP, Plan, Rhythm, Volume, counts
from jiahe.city.population import MONTHS, Population

Ints = np.ndarray[Any, np.dtype[np.int64]]
Floats = np.ndarray[Any, np.dtype[np.float64]]
Mask = np.ndarray[Any, np.dtype[np.bool_]]
Made = TypeVar("Made", Ints, Floats, Mask)
ROWS_A_CHUNK = 200_000
DAYS = 28  # in every month; events of one firm fall on different ones


@dataclass(frozen=True)
class City:
    """Everything that the records of a city are made from."""

    catalogue: Catalogue
    population: Population
    life: Life
    plans: list[Plan]
    volume: Volume
    graph: Graph
    seed: int


@dataclass
class Rows:
    """Row i concerns firm `firm[i]`, month `month[i]` of the window, day `when[i]`, and is the firm's `nth[i]`."""

    city: City
    plan: Plan
    chunk: int
    firm: Ints
    month: Ints
    when: Ints
    nth: Ints
    fan: Ints  # which of the rows of one period
    rng: np.random.Generator
    days: dict[str, tuple[Ints, Mask]] = field(default_factory=dict)  # dates that were made, by item
    figures: dict[str, Any] = field(default_factory=dict)  # what several columns are worked out from

    @property
    def category(self) -> Category:
        return self.plan.category

    @property
    def population(self) -> Population:
        return self.city.population

    @property
    def count(self) -> int:
        return len(self.firm)

    @cached_property
    def health(self) -> Floats:
        return self.city.life.health[self.firm, self.month].astype(np.float64)

    @cached_property
    def sales(self) -> Floats:
        """The firm's sales of the row's month in yuan."""
        return self.city.life.sales[self.firm, self.month].astype(np.float64)

    @property
    def year(self) -> Ints:
        return self.when.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970

    def once(self, figure: str, make: Callable[[], Made]) -> Made:
        """A figure of each row, made when it is first asked for."""
        if figure not in self.figures:
            self.figures[figure] = make()
        made: Made = self.figures[figure]
        return made

    def noise(self, figure: str) -> Floats:
        """Standard normal numbers, the same whenever the figure asks."""
        return self.once(f"noise of {figure}", lambda: self.rng.standard_normal(self.count))

    def trait(self, word: str) -> Floats:
        """A lasting trait of each row's firm in [0, 1), the same in every category."""
        return draw(self.city.seed, self.firm, word)

    def of_firm(self, column: pa.Array) -> pa.Array:
        return column.take(pa.array(self.firm))

    def choose(self, values: Sequence[str | None], weights: Sequence[float] | None = None) -> pa.Array:
        """Each row one of the values; the first are the most frequent unless weights are given."""
        share = np.array(
            weights if weights is not None else [1 / (i + 1) for i in range(len(values))], dtype=np.float64
        )
        drawn = self.rng.choice(len(values), size=self.count, p=share / share.sum())
        return pa.array(values, pa.string()).take(pa.array(drawn))

    def pick(self, values: Sequence[str], index: Ints) -> pa.Array:
        return pa.array(values, pa.string()).take(pa.array(index % len(values)))

    def code(self, item: str, values: Sequence[str], weights: Sequence[float] | None = None) -> pa.Array:
        """Values of the item's code list, named by their codes and written as departments write them."""
        known = self.city.catalogue.code_lists[self.category.by_code[item].codes or ""].by_code
        return self.choose([known[v].name.zh for v in values], weights)

    def money(self, amounts: Floats) -> pa.Array:
        """Yuan with two decimals."""
        return pa.array(np.round(amounts, 2))

    def jitter(self, spread: float) -> Floats:
        return self.rng.lognormal(0, spread, self.count)

    def serial(self, prefix: str = "", suffix: str = "") -> pa.Array:
        """A text that no other record of the category has: firm and ordinal in it."""
        number = pa.array(self.firm * 10_000 + self.nth * 16 + self.fan + 1_000_000).cast(pa.string())
        return join(pa.scalar(prefix), number, pa.scalar(suffix))

    def written_year(self) -> pa.Array:
        return pa.array(self.year).cast(pa.string())

    def with_nulls(self, column: pa.Array, empty: Mask) -> pa.Array:
        return pc.if_else(pa.array(empty), pa.scalar(None, column.type), column)


def join(*parts: Any) -> pa.Array:
    return pc.binary_join_element_wise(*parts, "")


def jobs(city: City) -> Iterator[tuple[int, int, int, int]]:
    """(plan, chunk, first firm, end) for stretches of firms with not too many rows each."""
    for number, plan in enumerate(city.plans):
        size = counts(plan, city.life, city.volume) * plan.rows_a_period
        ends = np.cumsum(size)
        begin = chunk = 0
        while begin < len(size):
            done = ends[begin - 1] if begin else 0
            end = max(begin + 1, int(np.searchsorted(ends, done + ROWS_A_CHUNK, side="right")))
            if ends[end - 1] > done:
                yield number, chunk, begin, end
                chunk += 1
            begin = end


def rows(city: City, number: int, chunk: int, begin: int, end: int) -> Rows:
    """The records of a stretch of a plan's firms."""
    plan = city.plans[number]
    each = counts(plan, city.life, city.volume)[begin:end]
    firms = plan.firms[begin:end]
    fan = plan.rows_a_period
    firm = np.repeat(firms, each * fan)
    within = np.arange(len(firm)) - np.repeat(np.cumsum(each * fan) - each * fan, each * fan)
    nth, of_fan = within // fan, within % fan
    rng = np.random.default_rng([city.seed, 4, int(plan.category.code), chunk])
    month, when = _times(city, plan, firm, nth, np.repeat(each, each * fan), rng)
    return Rows(city, plan, chunk, firm, month, when, nth, of_fan, rng)


def _times(city: City, plan: Plan, firm: Ints, nth: Ints, of: Ints, rng: np.random.Generator) -> tuple[Ints, Ints]:
    """The month of the window and the day of each row."""
    start = int(city.population.until.astype(np.int64)) - MONTHS + 1
    last = city.life.last[firm]
    if plan.rhythm is Rhythm.ONCE:
        return last, first_day(start + last + 1) - 1 if plan.ended else city.population.born[firm]
    if plan.rhythm in STEP:
        step = STEP[plan.rhythm]
        newest = MONTHS - 1 - -(-(MONTHS - 1 - last) // step) * step
        month = newest - (of - 1 - nth) * step
        return month, _period_days(plan.rhythm, start + month)
    first = np.maximum(city.life.first[firm], MONTHS - np.ceil(city.volume.months).astype(np.int64))
    if plan.health > 0:
        month = _bad_months(city, plan, firm, (nth + rng.random(len(firm))) / np.maximum(of, 1), first)
        when = first_day(start + month) + (firm * 11 + nth * 5) % DAYS
        return month, np.clip(when, city.population.born[firm] + 1, city.population.last_day)
    begin = first_day(start + first)
    length = np.maximum(1, (first_day(start + last + 1) - begin) // np.maximum(of, 1))
    when = begin + nth * length + (rng.random(len(firm)) * length).astype(np.int64)
    when = np.clip(when, city.population.born[firm] + 1, city.population.last_day)
    month = np.clip(when.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) - start, 0, MONTHS - 1)
    return month, when


def _bad_months(city: City, plan: Plan, firm: Ints, quantile: Floats, first: Ints) -> Ints:
    """What bad health brings about happens in bad months: the month in which a quantile of all of it has happened."""
    months = np.arange(MONTHS)
    last = city.life.last[firm]
    open_months = (months > first[:, None]) & (months <= last[:, None])
    happened = np.cumsum(np.exp(-plan.health * city.life.health[firm]) * open_months, axis=1)
    month: Ints = (happened <= (quantile * happened[:, -1])[:, None]).sum(axis=1)
    return np.clip(month, first, np.maximum(first, last))


def _period_days(rhythm: Rhythm, month: Ints) -> Ints:
    """The first day of the period's month: a quarter's last month; the year before for yearly records."""
    if rhythm is Rhythm.QUARTERLY:
        month = month - (month + 1) % 3
    if rhythm is Rhythm.YEARLY:
        month = (month // 12 - 1) * 12 + 5
    return first_day(month)


def first_day(month: Ints) -> Ints:
    """The first day of months counted from 1970-01."""
    days: Ints = month.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    return days
