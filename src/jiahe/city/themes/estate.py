"""Department 09, real estate: titles, and what banks hold on them."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from jiahe.city.economy import BANKS
from jiahe.city.rows import Floats, Rows
from jiahe.city.themes.columns import Theme, quantity, ten_thousand


def _building(rows: Rows) -> Floats:
    """Square metres: some for each person at work, more or less."""
    return rows.once(
        "building", lambda: np.round(60 + 45 * rows.population.staff[rows.firm] * np.exp(0.4 * rows.noise("area")), 2)
    )


def _value(rows: Rows) -> Floats:
    return _building(rows) * 4_800


THEMES: dict[str, Theme] = {
    "0901": {
        "building_area": quantity(_building),
        "land_area": quantity(_building, 0.8),
        "purchase_price": ten_thousand(_value, 0.7),
        "ownership_share": lambda rows: pa.array(np.full(rows.count, 100.0)),
    },
    "0902": {
        "mortgagee": lambda rows: rows.choose(BANKS),
        "debtor": lambda rows: rows.of_firm(rows.population.name),
        "mortgaged_area": quantity(_building),
        "appraised_value": ten_thousand(_value),
        "secured_amount": ten_thousand(_value, 0.65),
        "rank": lambda rows: pa.array(1 + (rows.noise("rank") > 1.6).astype(np.int64)),
    },
}
