"""Whether the card serves groups alike: who is told apart how well, who would pass, whose risk is judged truly."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from jiahe.scoring.training.figures import auc, binomial_interval

LEAST_ROWS = 50
LEAST_DEFAULTS = 5
MOST_GROUPS = 25


@dataclass(frozen=True)
class Group:
    """`passed` is the share at or above the cut; `within` says that the defaults are within chance of the expected."""

    by: str
    name: str
    rows: int
    defaults: int
    expected: float
    within: bool
    mean_score: float
    passed: float
    auc: float | None


def groups(
    columns: pd.DataFrame, scores: np.ndarray, probability: np.ndarray, target: np.ndarray, cut: int
) -> tuple[Group, ...]:
    """By each column, the largest groups first; groups too small to say anything about are left out."""
    found = []
    for by in columns:
        names = columns[by].fillna("—").to_numpy(dtype=str)
        counted = columns[by].fillna("—").value_counts()
        large = sorted(counted[counted >= LEAST_ROWS].index, key=lambda name: (-counted[name], name))
        for name in large[:MOST_GROUPS]:
            inside = names == name
            found.append(_group(str(by), str(name), scores[inside], probability[inside], target[inside], cut))
    return tuple(found)


def _group(by: str, name: str, scores: np.ndarray, probability: np.ndarray, target: np.ndarray, cut: int) -> Group:
    defaults = int(target.sum())
    low, high = binomial_interval(len(target), float(probability.mean()))
    enough = LEAST_DEFAULTS <= defaults <= len(target) - LEAST_DEFAULTS
    return Group(
        by=by,
        name=name,
        rows=len(target),
        defaults=defaults,
        expected=float(probability.sum()),
        within=low <= defaults <= high,
        mean_score=float(scores.mean()),
        passed=float((scores >= cut).mean()),
        auc=auc(target, -scores) if enough else None,
    )
