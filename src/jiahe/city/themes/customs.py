"""Department 17, the customs: what goes out and what comes in."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from jiahe.city.business import sales_to_date
from jiahe.city.rows import Floats, Rows
from jiahe.city.themes.columns import Theme, one_of, yuan

DIRECTIONS = ("出口", "进口")
GOODS = ("针织服装", "皮革制品", "光伏组件", "紧固件", "化学纤维", "家具", "机械零件")


def _share(rows: Rows) -> Floats:
    """The part of sales that goes abroad, and the smaller part that is bought there."""
    return np.where(rows.fan % 2 == 0, 0.15 + 0.6 * rows.trait("exports"), 0.1 * rows.trait("imports"))


def _amount(rows: Rows) -> Floats:
    return rows.once("trade", lambda: np.round(rows.sales * _share(rows), 2))


def _imports(rows: Rows) -> Floats:
    return np.where(rows.fan % 2 == 1, _amount(rows), 0.0)


THEMES: dict[str, Theme] = {
    "1703": {
        "direction": one_of(*DIRECTIONS),
        "amount": yuan(_amount),
        "amount_year_to_date": lambda rows: rows.money(sales_to_date(rows) * _share(rows)),
        "declarations": lambda rows: pa.array(np.ceil(_amount(rows) / 300_000).astype(np.int64)),
        "duty_paid": yuan(_imports, 0.06),
        "import_vat_paid": yuan(_imports, 0.13),
        "main_goods": lambda rows: rows.pick(GOODS, rows.population.industry[rows.firm]),
    },
}
