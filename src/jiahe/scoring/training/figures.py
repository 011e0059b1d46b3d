"""How well a score tells apart and how true its probabilities are."""

from __future__ import annotations

from dataclasses import dataclass
from math import lgamma, log

import numpy as np
from sklearn.metrics import roc_auc_score, roc_curve

CONFIDENCE = 0.999
GROUPS = 10


@dataclass(frozen=True)
class Decile:
    """The enterprises of a tenth by risk, the riskiest first; `low` to `high` defaults are within chance of `expected`."""

    rows: int
    defaults: int
    expected: float
    low: int
    high: int

    @property
    def within(self) -> bool:
        return self.low <= self.defaults <= self.high


@dataclass(frozen=True)
class Figures:
    rows: int
    defaults: int
    auc: float
    ks: float
    gini: float
    brier: float
    lift: float
    deciles: tuple[Decile, ...]

    @property
    def expected(self) -> float:
        return sum(decile.expected for decile in self.deciles)


def measure(target: np.ndarray, probability: np.ndarray) -> Figures:
    """`probability` of default, higher is worse."""
    own = deciles(target, probability)
    found = auc(target, probability)
    return Figures(
        rows=len(target),
        defaults=int(target.sum()),
        auc=found,
        ks=ks(target, probability),
        gini=2 * found - 1,
        brier=float(np.mean((probability - target) ** 2)),
        lift=own[0].defaults / own[0].rows / float(target.mean()),
        deciles=own,
    )


def auc(target: np.ndarray, risk: np.ndarray) -> float:
    return float(roc_auc_score(target, risk))


def ks(target: np.ndarray, risk: np.ndarray) -> float:
    """The largest distance between the shares of the defaulted and of the sound above a risk."""
    false, true, _ = roc_curve(target, risk)
    return float(np.max(true - false))


def deciles(target: np.ndarray, probability: np.ndarray) -> tuple[Decile, ...]:
    """Tenths by risk. Enterprises of one probability stay together, so tenths may differ in size."""
    order = np.argsort(-probability, kind="stable")
    bounds = [int(len(order) * part / GROUPS) for part in range(1, GROUPS)]
    risk = probability[order]
    cuts = sorted({int(np.searchsorted(-risk, -risk[bound], side="left")) for bound in bounds} - {0})
    return tuple(_decile(target[part], probability[part]) for part in np.split(order, cuts))


def _decile(target: np.ndarray, probability: np.ndarray) -> Decile:
    low, high = binomial_interval(len(target), float(probability.mean()))
    return Decile(len(target), int(target.sum()), float(probability.sum()), low, high)


def binomial_interval(trials: int, chance: float) -> tuple[int, int]:
    """The counts between which a binomial count lies with `CONFIDENCE`, equal tails."""
    if not 0 < chance < 1:
        return round(trials * chance), round(trials * chance)
    counts = np.arange(trials + 1)
    factorials = np.array([lgamma(n + 1) for n in counts])
    logarithms = (
        factorials[-1] - factorials - factorials[::-1] + counts * log(chance) + (trials - counts) * log(1 - chance)
    )
    reached = np.cumsum(np.exp(logarithms))
    tail = (1 - CONFIDENCE) / 2
    return int(np.searchsorted(reached, tail)), min(trials, int(np.searchsorted(reached, 1 - tail)))


def psi(expected: np.ndarray, found: np.ndarray) -> float:
    """Population stability index of two lists of counts over the same groups; an empty group counts half an enterprise."""
    before = np.maximum(expected, 0.5) / expected.sum()
    after = np.maximum(found, 0.5) / found.sum()
    return float(np.sum((after - before) * np.log(after / before)))
