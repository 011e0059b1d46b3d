"""Features that know the outcome: they would be perfect in training and worthless on the day a score is made."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

from jiahe.scoring.training.figures import auc
from jiahe.scoring.training.order import FOLDS
from jiahe.scoring.training.table import Fold, Table

CERTAIN = 0.95  # alone, a feature that was known before cannot tell apart that well
SUSPECT = 0.85  # with a name like an outcome's
PURE = 0.98  # of the enterprises with some value defaulted …
COVERED = 0.2  # … and they are this share of all that did
PARTS = 40
NAMES = re.compile(
    r"default|overdue|delinq|write.?off|charge.?off|\bbad\b|_bad|bad_|npl|target|label|outcome|bankrupt|违约|逾期|核销|不良|坏账|标签",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Leak:
    """`auc` of the feature alone, on folds it was not learned from; `named` where its name speaks of an outcome."""

    feature: str
    auc: float
    pure: bool
    named: bool


def leaks(table: Table, seed: int) -> tuple[Leak, ...]:
    """Worst first."""
    folds = table.folds(FOLDS, seed)
    found = [_leak(table.features[name], table.target, folds) for name in table.features]
    return tuple(sorted((leak for leak in found if leak), key=lambda leak: (-leak.auc, leak.feature)))


def _leak(column: pd.Series, target: np.ndarray, folds: list[Fold]) -> Leak | None:
    name = str(column.name)
    parts = _parts(column)
    risk = np.empty(len(target))
    for learned, asked in folds:
        risk[asked] = _rates(parts[learned], target[learned], parts.max() + 1)[parts[asked]]
    alone = auc(target, risk)
    named = NAMES.search(name) is not None
    # A value that many of the defaulted have, and nobody else.
    certain = risk >= PURE
    pure = bool(
        target.mean() < 0.5
        and certain.any()
        and target[certain].mean() >= PURE
        and target[certain].sum() >= COVERED * target.sum()
    )
    return Leak(name, alone, pure, named) if alone >= (SUSPECT if named else CERTAIN) or pure else None


def _parts(column: pd.Series) -> np.ndarray:
    """Each value's number of part: equal values together, missing ones in the last."""
    values = column.to_numpy()
    known = ~np.isnan(values)
    distinct = np.unique(values[known])
    bounds = distinct if len(distinct) <= PARTS else np.unique(np.quantile(values[known], np.linspace(0, 1, PARTS + 1)))
    found = np.searchsorted(bounds, values, side="left")
    found[~known] = len(bounds) + 1
    return found


def _rates(parts: np.ndarray, target: np.ndarray, number: int) -> np.ndarray:
    """Share of defaults by part, drawn to the mean where a part has few."""
    rows = np.bincount(parts, minlength=number)
    defaults = np.bincount(parts, weights=target, minlength=number)
    rates: np.ndarray = (defaults + 0.1 * target.mean()) / (rows + 0.1)
    return rates
