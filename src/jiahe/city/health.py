"""The hidden health of every firm, month by month, and what follows from it: sales, default, the end.

Health is an AR(1) process around a firm's own level, with shocks of the whole city and of single industries. It is never
written out; sales, taxes, insurance, electricity, penalties and lawsuits are all driven by it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from jiahe.city.economy import INDUSTRIES, SEASONS
from jiahe.city.population import MONTHS, Population

Matrix = np.ndarray[Any, np.dtype[np.float32]]
Ints = np.ndarray[Any, np.dtype[np.int64]]
Mask = np.ndarray[Any, np.dtype[np.bool_]]
MEMORY = 0.94
NEVER = 10_000
# A default in a month at neutral health, and how steeply it grows as health falls: two to four of a hundred firms default
# within a year, and who knew their health a year before would tell them apart with an AUC of 0.82 to 0.86.
BASE_HAZARD = 0.0004
STEEPNESS = 2.2


@dataclass(frozen=True)
class Life:
    """Health and sales by firm and month; the months (0 to 71) of default and death, `NEVER` where they do not come."""

    health: Matrix
    sales: Matrix  # yuan
    defaulted: Ints
    died: Ints
    first: Ints  # the first month of business within the window

    @cached_property
    def last(self) -> Ints:
        """The last month of business."""
        return np.minimum(self.died, MONTHS - 1)

    @cached_property
    def deregistered(self) -> Mask:
        """Those that ended in order; who defaulted before is revoked instead."""
        gone: Mask = (self.died < MONTHS) & (self.defaulted == NEVER)
        return gone


def live(population: Population, seed: int) -> Life:
    rng = np.random.default_rng([seed, 2])
    health = _health(rng, population)
    defaulted = _defaults(rng, health)
    month = population.born.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    first = np.clip(month - (population.until.astype(np.int64) - MONTHS + 1), 0, MONTHS - 1)
    defaulted[defaulted < first + 6] = NEVER  # a loan comes some time after the birth
    died = _deaths(rng, health, first, defaulted)
    return Life(health, _sales(rng, population, health, defaulted), defaulted, died, first)


def _health(rng: np.random.Generator, population: Population) -> Matrix:
    count = population.count
    own = rng.normal(0, 0.6, count).astype(np.float32)
    industry_shock = rng.normal(0, 0.08, (MONTHS, len(INDUSTRIES))).astype(np.float32)
    city_shock = rng.normal(0, 0.02, MONTHS).astype(np.float32)
    health = np.empty((count, MONTHS), dtype=np.float32)
    state = own + rng.normal(0, 0.5, count).astype(np.float32)
    for month in range(MONTHS):
        news = rng.standard_normal(count, dtype=np.float32) * np.float32(0.26)
        shock = industry_shock[month][population.industry] + city_shock[month]
        state = own + np.float32(MEMORY) * (state - own) + news + shock
        health[:, month] = state
    return health


def _defaults(rng: np.random.Generator, health: Matrix) -> Ints:
    hazard = np.minimum(BASE_HAZARD * np.exp(-STEEPNESS * health), 0.5)
    hit = rng.random(health.shape, dtype=np.float32) < hazard
    return np.where(hit.any(axis=1), hit.argmax(axis=1), NEVER)


def _deaths(rng: np.random.Generator, health: Matrix, first: Ints, defaulted: Ints) -> Ints:
    """Firms die of default, within a year or two, and otherwise rarely; not in their first months."""
    count = len(first)
    after = np.where((defaulted < NEVER) & (rng.random(count) < 0.55), defaulted + rng.integers(3, 24, count), NEVER)
    plain = np.where(rng.random(count) < 0.05 * np.exp(-0.5 * health[:, -1]), rng.integers(0, MONTHS, count), NEVER)
    died = np.minimum(after, plain)
    return np.where((died < first + 8) | (died >= MONTHS), NEVER, died)


def _sales(rng: np.random.Generator, population: Population, health: Matrix, defaulted: Ints) -> Matrix:
    """Level × season × trend × health × noise; after a default the business shrinks."""
    start = int(population.until.astype(np.int64)) - MONTHS + 1
    season = np.array(SEASONS, dtype=np.float32)[(start + np.arange(MONTHS)) % 12]
    trend = rng.normal(0.002, 0.004, population.count).astype(np.float32)[:, None] * np.arange(MONTHS, dtype=np.float32)
    noise = rng.standard_normal(health.shape, dtype=np.float32) * np.float32(0.12)
    fallen = np.arange(MONTHS)[None, :] >= defaulted[:, None] - 3
    factor = np.exp(np.float32(0.35) * health + trend + noise) * np.where(fallen, np.float32(0.45), np.float32(1))
    sales: Matrix = (population.sales.astype(np.float32)[:, None] * season[None, :] * factor).astype(np.float32)
    return sales
