"""Departments 24 to 26: water, electricity and gas used, and bills that are not paid."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from jiahe.city.business import PRICE_OF_POWER, PRICE_OF_WATER, behind, electricity, gas, paid_share, turn, water
from jiahe.city.rows import Floats, Rows, join
from jiahe.city.themes.columns import Figure, Theme, account, count, quantity, yes_if, yuan

PRICE_OF_GAS = 3.9
LATE_FEE_A_DAY = 0.001


def _to_date(figure: Figure) -> Figure:
    """The year so far: the month's use for as many months, since use follows sales."""
    return lambda rows: figure(rows) * np.minimum(turn(rows) + 1, rows.month - rows.city.life.first[rows.firm] + 1)


def _bill(figure: Figure, price: float) -> Theme:
    return {
        "usage": quantity(figure),
        "usage_year_to_date": quantity(_to_date(figure)),
        "amount_due": yuan(figure, price),
        "amount_paid": lambda rows: rows.money(figure(rows) * price * paid_share(rows)),
    }


def _months_owed(rows: Rows) -> Floats:
    return rows.once(
        "months owed", lambda: np.asarray(1 + rows.rng.poisson(np.exp(0.3 - 0.5 * rows.health)), dtype=np.float64)
    )


def _owed(figure: Figure, price: float) -> Figure:
    """Bills of some months."""
    return lambda rows: np.asarray(figure(rows) * price * _months_owed(rows))


def _late_fee(owed: Figure) -> Figure:
    return lambda rows: owed(rows) * LATE_FEE_A_DAY * 30 * _months_owed(rows)


def _arrears(owed: Figure) -> Theme:
    return {"amount": yuan(owed), "owed_months": count(_months_owed)}


def _peak(share: float) -> Figure:
    return lambda rows: electricity(rows) * share


def _demand(rows: Rows) -> Floats:
    """kW: the month's use over its working hours."""
    return electricity(rows) / 260


def _capacity(rows: Rows) -> Floats:
    """kVA under contract, in steps of 50."""
    usual = rows.population.sales[rows.firm] * 0.03 / 260
    stepped: Floats = np.maximum(50, np.ceil(usual / 50) * 50)
    return stepped


def _further_account(rows: Rows) -> pa.Array:
    """The account that bills speak of, and others for further connections."""
    number = pa.array(rows.firm + rows.nth * 10_000_000).cast(pa.string())
    return join(pa.scalar("25"), pa.compute.utf8_lpad(number, 8, "0"))


WATER_OWED = _owed(water, PRICE_OF_WATER)
ELECTRICITY_OWED = _owed(electricity, PRICE_OF_POWER)
GAS_OWED = _owed(gas, PRICE_OF_GAS)
THEMES: dict[str, Theme] = {
    "2401": _bill(water, PRICE_OF_WATER) | {"account_no": account("24"), "sewage_fee": yuan(water, 1.8)},
    "2402": _arrears(WATER_OWED) | {"account_no": account("24"), "late_fee": yuan(_late_fee(WATER_OWED))},
    "2501": {"account_no": _further_account},
    "2502": _bill(electricity, PRICE_OF_POWER)
    | {
        "account_no": account("25"),
        "critical_peak_usage": quantity(_peak(0.1)),
        "peak_usage": quantity(_peak(0.35)),
        "flat_usage": quantity(_peak(0.35)),
        "valley_usage": quantity(_peak(0.2)),
        "max_demand": quantity(_demand),
        "contract_capacity": quantity(_capacity),
        "late": yes_if(behind),
    },
    "2503": _arrears(ELECTRICITY_OWED) | {"account_no": account("25"), "penalty_amount": yuan(ELECTRICITY_OWED, 0.1)},
    "2601": _bill(gas, PRICE_OF_GAS) | {"account_no": account("26")},
    "2602": _arrears(GAS_OWED) | {"account_no": account("26"), "late_fee": yuan(_late_fee(GAS_OWED))},
}
