"""How many records each category has: its rhythm, which firms it concerns, and how often.

The rhythm follows from the catalogue's record key; the table says for whom and how often. One number, the months of
history, brings the whole city to the number of records that was asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

import numpy as np

from jiahe.catalogue import Catalogue, Category, Frequency, ItemType
from jiahe.city.economy import FARM
from jiahe.city.health import Life
from jiahe.city.population import MONTHS, Population

Mask = np.ndarray[Any, np.dtype[np.bool_]]
Ints = np.ndarray[Any, np.dtype[np.int64]]
FEWEST_RECORDS = 30
FEWEST_FIRMS = 60  # so that every page of a small city has something to show


class Rhythm(StrEnum):
    ONCE = "once"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    YEARLY = "yearly"
    EVENTS = "events"


STEP = {Rhythm.MONTHLY: 1, Rhythm.QUARTERLY: 3, Rhythm.YEARLY: 12}


@dataclass(frozen=True)
class Spread:
    """Whom a category concerns: divisions of industry ("" for all), a share of them, events a year or rows a period.

    `health` is how strongly bad health makes events more frequent (negative: good health does); `ended` restricts to
    firms that were deregistered, which have one record each.
    """

    share: float = 0.3
    rate: float = 0.3
    divisions: tuple[str, ...] = ()
    health: float = 0.0
    kinds: str = "123"
    ended: bool = False


MAKERS = tuple(f"{n:02}" for n in range(13, 44))
BUILDERS = ("47", "48", "50")
TRADERS = ("51", "52")
CARRIERS = ("54", "59")
SCIENCE = (*MAKERS, "65", "73")
SPREADS: dict[str, Spread] = {
    "0101": Spread(1.0),
    "0102": Spread(1.0),
    "0103": Spread(0.75, 1.6, kinds="1"),
    "0104": Spread(0.75, 2.0, kinds="13"),
    "0105": Spread(0.6, 0.5),
    "0106": Spread(0.08, 0.4, kinds="1"),
    "0107": Spread(1.0, ended=True),
    "0108": Spread(0.85),
    "0110": Spread(0.07, 0.5, kinds="1"),
    "0111": Spread(0.03, 0.4, kinds="1"),
    "0112": Spread(0.05, 0.4, MAKERS),
    "0114": Spread(0.15, 0.3, kinds="1"),
    "0115": Spread(0.7, 1.2, kinds="1"),
    "0116": Spread(0.5, 0.05, health=1.0),
    "0117": Spread(0.3, 0.01, health=1.4),
    "0118": Spread(0.14, 1.2, SCIENCE),
    "0201": Spread(1.0),
    "0202": Spread(1.0),
    "0203": Spread(0.95, 3),
    "0204": Spread(0.8, 1),
    "0205": Spread(0.9),
    "0206": Spread(0.9),
    "0207": Spread(0.7, 0.06, health=1.1),
    "0208": Spread(0.3, 0.01, health=1.2),
    "0209": Spread(0.6, 0.04, health=0.9),
    "0210": Spread(0.8, 2),
    "0301": Spread(0.6, 0.03, health=1.6),
    "0302": Spread(0.8, 0.08, health=1.4),
    "0303": Spread(0.6, 0.04, health=1.3),
    "0304": Spread(0.8, 0.18, health=0.7),
    "0305": Spread(0.3, 0.02, health=1.6),
    "0401": Spread(0.9, 0.5),
    "0402": Spread(0.8, 0.08, health=0.7),
    "0403": Spread(0.4, 0.04, health=0.6),
    "0404": Spread(0.95),
    "0405": Spread(0.06, 0.4, MAKERS),
    "0406": Spread(0.5, 0.2),
    "0501": Spread(0.05, 0.4, MAKERS, health=-0.4),
    "0502": Spread(0.4, 1, MAKERS),
    "0503": Spread(0.16, 1, MAKERS),
    "0504": Spread(0.2, 0.4, MAKERS),
    "0505": Spread(0.12, 0.4, MAKERS),
    "0601": Spread(0.08, 0.4, SCIENCE, health=-0.4),
    "0602": Spread(0.14, 1, SCIENCE),
    "0603": Spread(0.16, 1, SCIENCE),
    "0604": Spread(0.06, 0.4, SCIENCE),
    "0605": Spread(0.05, 0.4, SCIENCE),
    "0701": Spread(0.75),
    "0702": Spread(0.75, 2, kinds="13"),
    "0703": Spread(0.5, 0.04, health=1.3),
    "0704": Spread(0.6, 0.06, health=0.8),
    "0705": Spread(0.4, 1),
    "0801": Spread(0.75),
    "0802": Spread(1.0, 1, ("84",)),
    "0901": Spread(0.3, 0.15),
    "0902": Spread(0.2, 0.2),
    "0903": Spread(0.3, 0.03, health=1.5),
    "0904": Spread(0.1, 0.3, MAKERS),
    "0905": Spread(0.12, 0.3, MAKERS + BUILDERS),
    "1001": Spread(0.6, 0.3, BUILDERS),
    "1002": Spread(0.7, 0.8, BUILDERS),
    "1003": Spread(0.6, 0.6, ("70",)),
    "1101": Spread(0.5, kinds="13"),
    "1102": Spread(0.5, kinds="13"),
    "1103": Spread(0.3, 0.05, health=1.0),
    "1201": Spread(0.25, 0.3, MAKERS),
    "1202": Spread(0.3, 0.3, MAKERS),
    "1203": Spread(0.3, 1, MAKERS),
    "1204": Spread(0.4, 0.08, MAKERS, health=0.7),
    "1301": Spread(0.3, 0.3, MAKERS + BUILDERS),
    "1302": Spread(0.4, 0.05, MAKERS + BUILDERS, health=0.6),
    "1401": Spread(0.8, 0.3, CARRIERS),
    "1402": Spread(0.8, 1.0, CARRIERS),
    "1403": Spread(0.7, 1, CARRIERS),
    "1501": Spread(0.6, 0.3, FARM),
    "1502": Spread(0.6, 0.3, FARM),
    "1503": Spread(0.6, 1, FARM),
    "1601": Spread(0.2, 0.2, MAKERS + TRADERS, kinds="1"),
    "1602": Spread(0.15, 0.3, TRADERS),
    "1701": Spread(0.2, 0.1, MAKERS + TRADERS, kinds="1"),
    "1702": Spread(0.2, 0.4, MAKERS + TRADERS, kinds="1"),
    "1703": Spread(0.2, 2, MAKERS + TRADERS, kinds="1"),
    "1704": Spread(0.1, 0.1, MAKERS + TRADERS, health=0.6, kinds="1"),
    "1801": Spread(0.3, 0.2, ("61", "80", "90", "23")),
    "1802": Spread(0.1, 0.1, health=0.6),
    "1901": Spread(0.05, 0.2, ("72", "73", "84")),
    "2001": Spread(0.12, 0.4),
    "2002": Spread(0.1, 0.5),
    "2101": Spread(0.6, 0.3, ("61", "90")),
    "2201": Spread(0.6, 0.3, ("61", "62", "84")),
    "2301": Spread(0.6, 0.08, health=0.6),
    "2302": Spread(0.15, 0.2),
    "2401": Spread(0.6),
    "2402": Spread(0.5, 0.06, health=1.2),
    "2501": Spread(0.85),
    "2502": Spread(0.85),
    "2503": Spread(0.6, 0.08, health=1.2),
    "2601": Spread(0.4, divisions=(*MAKERS, "61", "62")),
    "2602": Spread(0.3, 0.05, (*MAKERS, "61", "62"), health=1.1),
    "2701": Spread(0.3, 0.5, BUILDERS + MAKERS),
    "2702": Spread(0.1, 0.06, BUILDERS + MAKERS, health=0.6),
}


@dataclass(frozen=True)
class Plan:
    """One category's records: which firms, in which rhythm, how many a period or a year."""

    category: Category
    rhythm: Rhythm
    firms: Ints
    rate: float
    health: float
    ended: bool = False

    @cached_property
    def rows_a_period(self) -> int:
        return max(1, round(self.rate)) if self.rhythm in STEP else 1


def rhythm(category: Category) -> Rhythm:
    """From the record key: one record, one a period, or one an event."""
    others = [category.by_code[code] for code in category.key if code != "uscc"]
    if not others:
        return Rhythm.ONCE
    if any(i.type is ItemType.YEAR_MONTH for i in others):
        return Rhythm.QUARTERLY if category.frequency is Frequency.QUARTERLY else Rhythm.MONTHLY
    if any(i.code == "period_ended_on" for i in others):
        return Rhythm.QUARTERLY
    if any(is_year(i.code) for i in others):
        return Rhythm.YEARLY
    return Rhythm.EVENTS


def is_year(code: str) -> bool:
    return code == "year" or code.endswith("_year")


def plans(catalogue: Catalogue, population: Population, life: Life, seed: int) -> list[Plan]:
    return [_plan(c, population, life, seed) for c in catalogue.categories.values()]


def _plan(category: Category, population: Population, life: Life, seed: int) -> Plan:
    spread = SPREADS.get(category.code, Spread(0.1, 0.2))
    if spread.ended:
        return Plan(category, Rhythm.ONCE, np.flatnonzero(life.deregistered), 1.0, 0.0, ended=True)
    rng = np.random.default_rng([seed, 3, int(category.code)])
    suits: Mask = np.isin(population.kind, list(spread.kinds))
    if spread.divisions:
        suits &= np.isin(population.division, spread.divisions)
    candidates = np.flatnonzero(suits)
    if not len(candidates):
        candidates = np.arange(population.count)
    share = max(spread.share, min(1.0, FEWEST_FIRMS / len(candidates)))
    chosen = np.sort(rng.choice(candidates, size=max(1, round(share * len(candidates))), replace=False))
    known = rhythm(category)
    rate = max(spread.rate, 1.0) if known in STEP and spread.rate == Spread().rate else spread.rate
    return Plan(category, known, chosen, rate, spread.health)


@dataclass(frozen=True)
class Volume:
    """The months of history that periodic categories reach back, and how often events happen against their rate."""

    months: float
    events: float


def counts(plan: Plan, life: Life, volume: Volume) -> Ints:
    """How many periods (or events) each firm of the plan has."""
    if plan.rhythm is Rhythm.ONCE:
        return np.ones(len(plan.firms), dtype=np.int64)
    return _at_least_a_few(_periods(plan, life, volume.months) if plan.rhythm in STEP else _events(plan, life, volume))


def _at_least_a_few(each: Ints) -> Ints:
    """Some records even of what is rare in a small city: one for each of evenly chosen firms."""
    if each.sum() >= FEWEST_RECORDS:
        return each
    some = np.linspace(0, len(each) - 1, min(FEWEST_RECORDS, len(each))).astype(np.int64)
    more = each.copy()
    more[some] = np.maximum(more[some], 1)
    return more


def _events(plan: Plan, life: Life, volume: Volume) -> Ints:
    """What happens at a rate, more often where health is bad."""
    first, last = life.first[plan.firms], life.last[plan.firms]
    months = np.minimum(last - first + 1, volume.months)
    bad = np.exp(-plan.health * life.health[plan.firms, last])
    expected = plan.rate * volume.events * months / 12 * np.clip(bad, 0.05, 20)
    happened: Ints = np.floor(expected + _even(plan.firms, int(plan.category.code))).astype(np.int64)
    return happened


def _periods(plan: Plan, life: Life, months: float) -> Ints:
    """The periods that end within the firm's life and within the last `months`; a part of a month concerns some firms."""
    first, last = life.first[plan.firms], life.last[plan.firms]
    step = STEP[plan.rhythm]
    reach = np.floor(months / step + _even(plan.firms, int(plan.category.code))).astype(np.int64)
    begin = np.maximum(first, MONTHS - reach * step)
    count: Ints = np.maximum(0, (last - MONTHS + 1) // step - (begin - MONTHS) // step)
    return count


def _even(firms: Ints, salt: int) -> np.ndarray[Any, np.dtype[np.float64]]:
    """A number in [0, 1) for each firm, evenly spread, the same whenever it is asked."""
    even: np.ndarray[Any, np.dtype[np.float64]] = np.mod(firms * 0.618033988749895 + salt * 0.754877666, 1.0)
    return even


def total(plans: list[Plan], life: Life, volume: Volume) -> int:
    return sum(int(counts(p, life, volume).sum()) * p.rows_a_period for p in plans)


def fit(plans: list[Plan], life: Life, records: int) -> Volume:
    """The volume that gives the records asked for: first by months of history, beyond six years by more events."""
    low, high = Volume(0.0, 1.0), Volume(float(MONTHS), 1.0)
    if total(plans, life, high) < records:
        low, high = high, Volume(float(MONTHS), 1_000.0)
    for _ in range(40):
        middle = Volume((low.months + high.months) / 2, (low.events + high.events) / 2)
        if total(plans, life, middle) < records:
            low = middle
        else:
            high = middle
    return high
