"""Figures against their definitions, worked out another way."""

from __future__ import annotations

from math import comb

import numpy as np
import pytest

from jiahe.scoring.card import Logistic, Steps
from jiahe.scoring.training import figures
from jiahe.scoring.training.calibration import calibrate, probabilities
from jiahe.scoring.training.windows import latest

TARGET = np.array([0, 0, 1, 0, 1, 1, 0, 1])
RISK = np.array([0.1, 0.2, 0.2, 0.3, 0.6, 0.7, 0.65, 0.9])


def test_auc_is_the_share_of_pairs_in_the_right_order() -> None:
    pairs = [(a, b) for a in RISK[TARGET == 1] for b in RISK[TARGET == 0]]
    assert figures.auc(TARGET, RISK) == sum((a > b) + (a == b) / 2 for a, b in pairs) / len(pairs)


def test_ks_is_the_largest_distance() -> None:
    above = [(np.mean(RISK[TARGET == 1] >= cut), np.mean(RISK[TARGET == 0] >= cut)) for cut in RISK]
    assert figures.ks(TARGET, RISK) == max(bad - good for bad, good in above)


@pytest.mark.parametrize(("trials", "chance"), [(40, 0.03), (100, 0.5), (7, 0.9)])
def test_the_binomial_interval_leaves_equal_tails(trials: int, chance: float) -> None:
    exact = [comb(trials, n) * chance**n * (1 - chance) ** (trials - n) for n in range(trials + 1)]
    low, high = figures.binomial_interval(trials, chance)
    assert sum(exact[:low]) < 0.0005 <= sum(exact[: low + 1])
    assert sum(exact[: high + 1]) >= 0.9995 > sum(exact[:high])


def test_what_is_certain_leaves_no_room() -> None:
    assert figures.binomial_interval(10, 0.0) == (0, 0)
    assert figures.binomial_interval(10, 1.0) == (10, 10)


def test_deciles_begin_with_the_riskiest_and_keep_equals_together() -> None:
    risk = np.repeat([0.9, 0.5, 0.1], [4, 84, 12])
    target = np.repeat([1, 0], [10, 90])
    assert [(tenth.rows, tenth.defaults) for tenth in figures.deciles(target, risk)] == [(4, 4), (84, 6), (12, 0)]


def test_psi_is_nothing_between_equals_and_grows_with_the_distance() -> None:
    assert figures.psi(np.array([10, 30, 60]), np.array([1, 3, 6])) == 0
    near = figures.psi(np.array([50, 50]), np.array([45, 55]))
    assert 0 < near < figures.psi(np.array([50, 50]), np.array([20, 80]))
    assert near == pytest.approx(0.05 * np.log(0.55 / 0.5) + -0.05 * np.log(0.45 / 0.5), rel=1e-12)


def test_a_logistic_truth_is_found_and_another_one_takes_steps() -> None:
    chance = np.random.default_rng(7)
    scores = chance.integers(400, 800, 20_000)
    truth = 1 / (1 + np.exp(0.02 * scores - 10))
    curve = calibrate(scores, (chance.random(20_000) < truth).astype(int))
    assert isinstance(curve, Logistic)
    assert curve.slope == pytest.approx(-0.02, rel=0.05)
    abrupt = np.where(scores < 500, 0.5, 0.02)
    steps = calibrate(scores, (chance.random(20_000) < abrupt).astype(int))
    assert isinstance(steps, Steps)
    assert np.abs(probabilities(steps, scores) - abrupt).mean() < 0.01


def test_the_last_fifth_of_the_days_is_kept_apart() -> None:
    days = np.array(["2024-01-31"] * 70 + ["2024-02-29"] * 15 + ["2024-03-31"] * 15, dtype="datetime64[D]")
    late = latest(days)
    assert late is not None
    assert (days[late] == np.datetime64("2024-03-31")).all()
    assert latest(days[:70]) is None
    two = latest(days[30:85])
    assert two is not None
    assert (two == (np.arange(55) >= 40)).all()
    large = latest(np.sort(days[:85])[40:])
    assert large is not None
    assert large.sum() == 15
