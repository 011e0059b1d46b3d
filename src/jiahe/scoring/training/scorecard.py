"""A score card fitted to a table: bins, selection, weights, whole points."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import narwhals.stable.v2 as nw
import numpy as np
import pandas as pd
from optbinning import Scorecard

from jiahe.scoring.card import Bin, Card, Characteristic, Direction, Logistic, Origin, Scaling, scored
from jiahe.scoring.training import binning, selection
from jiahe.scoring.training.table import Table

DIGITS = 6  # of evidence and weights: more are noise of the arithmetic


@dataclass(frozen=True)
class Fitted:
    """The points, before calibration, and the libraries' own object they were taken from."""

    base: int
    characteristics: tuple[Characteristic, ...]
    original: Scorecard

    def scores(self, features: pd.DataFrame) -> np.ndarray:
        """Whole scores of these enterprises, by the card's own expressions."""
        return scores(_uncalibrated(self), features)


def scores(card: Card, features: pd.DataFrame) -> np.ndarray:
    frame = nw.from_native(features[list(card.codes)], eager_only=True)
    return scored(frame, card)["score"].to_numpy()


def fit(table: Table, scaling: Scaling, monotone: Mapping[str, Direction]) -> Fitted | None:
    """None where no feature tells anything."""
    names = select(table, monotone)
    if not names:
        return None
    original = Scorecard(
        binning.process(names, monotone),
        selection.regression(),
        scaling_method="pdo_odds",
        scaling_method_params={"pdo": scaling.pdo, "odds": scaling.odds, "scorecard_points": scaling.points},
        intercept_based=True,
        rounding=True,
    )
    original.fit(table.features[names], table.target, metric_special=0, metric_missing="empirical")
    lines = original.table("detailed")
    characteristics = [_characteristic(name, original, lines[lines["Variable"] == name], monotone) for name in names]
    return Fitted(round(float(original.intercept_)), tuple(characteristics), original)


def select(table: Table, monotone: Mapping[str, Direction]) -> list[str]:
    names = binning.distinct(table.features)
    if not names:
        return []
    process = binning.process(names, monotone)
    evidence = process.fit_transform(
        table.features[names], table.target, metric="woe", metric_special=0, metric_missing="empirical"
    )
    values = dict(zip(process.summary()["name"], process.summary()["iv"].astype(float), strict=True))
    return selection.select(evidence, values, table.target)


def _characteristic(
    name: str, original: Scorecard, lines: pd.DataFrame, monotone: Mapping[str, Direction]
) -> Characteristic:
    splits = original.binning_process_.get_binned_variable(name).splits
    # The last two lines are optbinning's special bin, of which there is none, and the missing one.
    *known, _special, missing = lines.to_dict("records")
    bounds = [*map(float, splits), None]
    average = (lines["Points"] * lines["Count"]).sum() / lines["Count"].sum()
    return Characteristic(
        code=name,
        direction=monotone.get(name),
        weight=round(float(lines["Coefficient"].iloc[0]), DIGITS),
        average=round(float(average), DIGITS),
        bins=tuple(_bin(below, line) for below, line in zip(bounds, known, strict=True)),
        missing=_bin(None, missing),
    )


def _bin(below: float | None, line: dict[Hashable, Any]) -> Bin:
    return Bin(
        below=below,
        points=round(float(line["Points"])),
        woe=round(float(line["WoE"]), DIGITS),
        records=int(line["Count"]),
        defaults=int(line["Event"]),
    )


def _uncalibrated(fitted: Fitted) -> Card:
    nothing = Origin("-", 0, 0, "-", 0, "-", 1, None, None)
    return Card(fitted.base, Scaling(0, 1, 1), fitted.characteristics, Logistic(-1, 0), (4, 3, 2, 1), (), nothing)
