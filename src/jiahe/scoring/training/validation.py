"""Every row is scored once by a card, and by a challenger, that did not know it; all steps are made anew in each fold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from jiahe.scoring.card import Direction, Scaling
from jiahe.scoring.training import challenger, scorecard
from jiahe.scoring.training.figures import auc, ks
from jiahe.scoring.training.order import FOLDS
from jiahe.scoring.training.table import Table


@dataclass(frozen=True)
class Fold:
    auc: float
    ks: float
    challenger_auc: float
    challenger_ks: float


@dataclass(frozen=True)
class Validated:
    """`scores` of the folds' cards and `risk` by the challengers, a row each."""

    folds: tuple[Fold, ...]
    scores: np.ndarray
    risk: np.ndarray

    def mean(self, figure: str) -> float:
        return float(np.mean([getattr(fold, figure) for fold in self.folds]))


def validate(
    table: Table, scaling: Scaling, monotone: Mapping[str, Direction], seed: int, say: Callable[[int, int], None]
) -> Validated | None:
    """None where in some fold no feature tells anything."""
    scores, risk, folds = np.zeros(len(table), dtype=int), np.zeros(len(table)), []
    for number, (learned, asked) in enumerate(table.folds(FOLDS, seed), start=1):
        say(number, FOLDS)
        known, unknown = table.rows(learned), table.rows(asked)
        fitted = scorecard.fit(known, scaling, monotone)
        if fitted is None:
            return None
        scores[asked] = fitted.scores(unknown.features)
        risk[asked] = challenger.probabilities(challenger.fit(known, monotone, seed), unknown.features)
        folds.append(_fold(unknown.target, -scores[asked], risk[asked]))
    return Validated(tuple(folds), scores, risk)


def _fold(target: np.ndarray, card: np.ndarray, other: np.ndarray) -> Fold:
    return Fold(auc(target, card), ks(target, card), auc(target, other), ks(target, other))
