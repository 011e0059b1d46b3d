"""Which features come onto the card: those that tell something, that others do not tell already, in the right direction."""

from __future__ import annotations

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression

from jiahe.scoring.training.table import names

LEAST_VALUE = 0.02  # information value
# Cut best out of 20 parts, a feature that says nothing stays below this in 99 of 100 cases: chi-squared, 19 degrees.
CHANCE = 36.2
ALIKE = 0.85  # correlation of two features' evidence
INFLATED = 10.0  # variance inflation factor
LEAST_SPREAD = 0.03  # standard deviation that a feature gives to the log-odds: two points at 40 to double them
MOST = 40
STRENGTH = 0.1
TINY = 1e-9


def regression() -> LogisticRegression:
    return LogisticRegression(C=STRENGTH, max_iter=2000)


def select(evidence: pd.DataFrame, values: dict[str, float], target: np.ndarray) -> list[str]:
    """`evidence` is the weight of evidence of every feature, `values` their information values. The strongest first."""
    defaults = float(target.sum())
    least = max(LEAST_VALUE, CHANCE * len(target) / (defaults * (len(target) - defaults)))
    telling = [name for name in names(evidence) if values[name] >= least and evidence[name].nunique() > 1]
    by_value = sorted(telling, key=lambda name: (-values[name], name))
    own = _not_inflated(evidence, _unlike(evidence, by_value))
    return _strongest(evidence, _right_signs(evidence, own, target), target)


def _unlike(evidence: pd.DataFrame, chosen: list[str]) -> list[str]:
    """Each feature unless a better one says much the same."""
    alike = np.abs(np.corrcoef(evidence[chosen].to_numpy(), rowvar=False)).reshape(len(chosen), len(chosen))
    kept: list[int] = []
    for number in range(len(chosen)):
        if not kept or alike[number, kept].max() < ALIKE:
            kept.append(number)
    return [chosen[number] for number in kept]


def _not_inflated(evidence: pd.DataFrame, chosen: list[str]) -> list[str]:
    """Without those that the others together say already, the worst first."""
    while len(chosen) > 2:
        alike = np.corrcoef(evidence[chosen].to_numpy(), rowvar=False)
        # The little on the diagonal lets features be inverted that together are exactly another.
        factors = np.diag(np.linalg.inv(alike + TINY * np.eye(len(chosen))))
        if factors.max() <= INFLATED:
            break
        chosen = [name for number, name in enumerate(chosen) if number != int(factors.argmax())]
    return chosen


def _right_signs(evidence: pd.DataFrame, chosen: list[str], target: np.ndarray) -> list[str]:
    """More evidence of soundness must lower the risk: a weight of the other sign would be explained wrongly."""
    while chosen:
        weights = regression().fit(evidence[chosen], target).coef_[0]
        wrong = [number for number in np.argsort(-weights, kind="stable") if weights[number] >= 0]
        if not wrong:
            break
        # The worse half at a time: others may come right without them.
        dropped = set(wrong[: (len(wrong) + 1) // 2])
        chosen = [name for number, name in enumerate(chosen) if number not in dropped]
    return chosen


def _strongest(evidence: pd.DataFrame, chosen: list[str], target: np.ndarray) -> list[str]:
    """Without those that hardly move a score, and at most `MOST`."""
    if not chosen:
        return []
    weights = regression().fit(evidence[chosen], target).coef_[0]
    spread = np.abs(weights) * evidence[chosen].std().to_numpy()
    kept = sorted(number for number in np.argsort(-spread, kind="stable")[:MOST] if spread[number] >= LEAST_SPREAD)
    return _right_signs(evidence, [chosen[number] for number in kept], target)
