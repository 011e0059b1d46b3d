"""Department 04, development and reform: penalties and the public score."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from jiahe.city.rows import Floats, Rows
from jiahe.city.themes.columns import Maker, Theme

PENALTIES = ("罚款", "警告", "罚款;没收违法所得")


def score(middle: float, spread: float, top: float) -> Maker:
    """A public score that follows health."""

    def make(rows: Rows) -> pa.Array:
        return pa.array(np.round(np.clip(middle + spread * (rows.health + 0.6 * rows.noise("score")) / 2, 0, top), 2))

    return make


def _fine(rows: Rows) -> Floats:
    """In 10,000 yuan: small as a rule, larger for large firms."""
    return np.asarray(np.round(np.exp(0.8 * rows.noise("fine")) * (0.3 + 0.8 * rows.population.size[rows.firm]), 2))


def _severity(rows: Rows) -> pa.Array:
    """The heavier the fine for the firm, the more serious."""
    heavy = rows.noise("fine")
    return pa.array(np.select([heavy > 1.5, heavy > 0.2], ["严重", "一般"], "轻微"), pa.string())


THEMES: dict[str, Theme] = {
    "0402": {
        "fine": lambda rows: pa.array(_fine(rows)),
        "severity": _severity,
        "penalty_kinds": lambda rows: rows.choose(PENALTIES),
    },
    "0404": {"score": score(780, 110, 1000)},
}
