"""The challenger: gradient-boosted trees, which cannot be read, show how much a readable card gives away."""

from __future__ import annotations

from collections.abc import Mapping

import lightgbm
import numpy as np
import pandas as pd

from jiahe.scoring.card import Direction
from jiahe.scoring.training.order import THREADS
from jiahe.scoring.training.table import Table

# Of the raw score, which rises with the risk.
CONSTRAINTS = {Direction.RISING: -1, Direction.FALLING: 1, None: 0}


def fit(table: Table, monotone: Mapping[str, Direction], seed: int) -> lightgbm.LGBMClassifier:
    model = lightgbm.LGBMClassifier(
        random_state=seed,
        n_jobs=THREADS,
        deterministic=True,
        force_row_wise=True,
        monotone_constraints=[CONSTRAINTS[monotone.get(name)] for name in table.names],
        verbose=-1,
    )
    model.fit(_numbered(table.features), table.target)
    return model


def probabilities(model: lightgbm.LGBMClassifier, features: pd.DataFrame) -> np.ndarray:
    found: np.ndarray = np.asarray(model.predict_proba(_numbered(features)))[:, 1]
    return found


def _numbered(features: pd.DataFrame) -> np.ndarray:
    """LightGBM refuses some names of columns."""
    return features.to_numpy()
