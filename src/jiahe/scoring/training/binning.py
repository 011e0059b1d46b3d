"""Cuts each feature into bins of similar risk, monotone where that was declared, with a bin of its own for “not known”."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from optbinning import BinningProcess

from jiahe.scoring.card import Direction
from jiahe.scoring.training.table import names

MOST_BINS = 8
LEAST_SHARE = 0.03
PREBINS = 20
LEAST_PREBIN = 0.02
# optbinning speaks of the rate of defaults, a card of points.
TRENDS = {Direction.RISING: "descending", Direction.FALLING: "ascending", None: "auto"}


def process(chosen: list[str], monotone: Mapping[str, Direction]) -> BinningProcess:
    """Bins for these features, not yet fitted."""
    return BinningProcess(
        chosen,
        max_n_prebins=PREBINS,
        min_prebin_size=LEAST_PREBIN,
        max_n_bins=MOST_BINS,
        min_bin_size=LEAST_SHARE,
        binning_fit_params={name: {"solver": "cp", "monotonic_trend": TRENDS[monotone.get(name)]} for name in chosen},
        n_jobs=1,
    )


def distinct(features: pd.DataFrame) -> list[str]:
    """The features that have at least two values."""
    return [name for name in names(features) if features[name].nunique() > 1]
