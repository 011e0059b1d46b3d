"""From a score to the probability of default, learned on scores of enterprises that their card did not know."""

from __future__ import annotations

import numpy as np
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression

from jiahe.scoring.card import Calibration, Logistic, Steps
from jiahe.scoring.training.figures import deciles

DIGITS = 9
GROUPS = 20


def calibrate(scores: np.ndarray, target: np.ndarray) -> Calibration:
    """A logistic curve; steps where some tenth of the enterprises lies outside what the curve and chance allow."""
    curve = _curve(scores, target)
    if all(tenth.within for tenth in deciles(target, probabilities(curve, scores))):
        return curve
    return _steps(scores, target)


def probabilities(calibration: Calibration, scores: np.ndarray) -> np.ndarray:
    """The same as the card's `probability`, for many."""
    match calibration:
        case Logistic(slope, intercept):
            found: np.ndarray = 1 / (1 + np.exp(np.clip(-(slope * scores + intercept), -700, 700)))
            return found
        case Steps(bounds, chances):
            return np.array(chances)[np.searchsorted(bounds, scores, side="right")]


def _curve(scores: np.ndarray, target: np.ndarray) -> Logistic:
    centre, spread = float(scores.mean()), float(scores.std()) or 1.0
    fitted = LogisticRegression(C=1e6, max_iter=1000).fit(((scores - centre) / spread).reshape(-1, 1), target)
    slope = float(fitted.coef_[0, 0]) / spread
    return Logistic(round(slope, DIGITS), round(float(fitted.intercept_[0]) - slope * centre, DIGITS))


def _steps(scores: np.ndarray, target: np.ndarray) -> Steps:
    """Twentieths by score, neighbours put together until the risk only falls."""
    bounds = np.unique(np.quantile(scores, np.linspace(0, 1, GROUPS + 1)[1:-1], method="higher")).astype(int)
    part = np.searchsorted(bounds, scores, side="right")
    rows = np.bincount(part, minlength=len(bounds) + 1)
    rates = np.bincount(part, weights=target, minlength=len(bounds) + 1) / np.maximum(rows, 1)
    numbers = np.arange(len(rows))
    falling = IsotonicRegression(increasing=False).fit_transform(numbers, rates, sample_weight=rows)
    new = [number for number in numbers[1:] if falling[number] != falling[number - 1]]
    chances = [falling[0], *(falling[number] for number in new)]
    return Steps(
        scores=tuple(int(bounds[number - 1]) for number in new),
        probabilities=tuple(round(float(chance), DIGITS) for chance in chances),
    )
