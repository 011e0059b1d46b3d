"""What a firm's month looks like to departments: everything follows from sales, staff and health of that month.

Each figure is worked out once for a stretch of rows, so that the columns of a record agree with each other.
"""

from __future__ import annotations

import numpy as np

from jiahe.city.economy import INDUSTRIES
from jiahe.city.population import MONTHS
from jiahe.city.rows import Floats, Ints, Mask, Rows

GOODS = ("51", "52", *map(str, range(13, 45)))
VAT = np.array([0.13 if i.division in GOODS else 0.06 for i in INDUSTRIES])
POWER = np.array([i.power for i in INDUSTRIES]) / 100  # kWh for a yuan of sales
PRICE_OF_POWER = 0.72
PRICE_OF_WATER = 4.3
LEAST_WAGE = 4_600.0
THIN_MARGIN, MARGIN_OF_HEALTH = 0.05, 0.04


def turn(rows: Rows) -> Ints:
    """The calendar month, January being 0."""
    start = int(rows.population.until.astype(np.int64)) - MONTHS + 1
    month: Ints = (start + rows.month) % 12
    return month


def sales_to_date(rows: Rows) -> Floats:
    """Sales of the calendar year up to the month, from the firm's or the window's beginning on."""

    def make() -> Floats:
        since = np.minimum(turn(rows), rows.month - rows.city.life.first[rows.firm])
        total = np.zeros(rows.count)
        for back in range(12):
            within = since >= back
            total[within] += rows.city.life.sales[rows.firm[within], rows.month[within] - back]
        return total

    return rows.once("sales to date", make)


def vat(rows: Rows) -> Floats:
    """VAT due: output tax less input tax, which is a larger part where margins are thin."""
    return rows.once(
        "vat", lambda: output_tax(rows) * np.clip(0.16 + 0.05 * rows.health + 0.02 * rows.noise("vat"), 0.02, 0.5)
    )


def output_tax(rows: Rows) -> Floats:
    return rows.once("output tax", lambda: np.round(rows.sales * VAT[rows.population.industry[rows.firm]], 2))


def profit(rows: Rows) -> Floats:
    """The month's profit, which is a loss where health is bad."""
    share = THIN_MARGIN + MARGIN_OF_HEALTH * rows.health + 0.01 * rows.noise("profit")
    return rows.once("profit", lambda: np.round(rows.sales * share, 2))


def staff(rows: Rows) -> Floats:
    """The month's staff: what is usual, following health slowly."""
    return rows.once(
        "staff", lambda: np.maximum(1, np.round(rows.population.staff[rows.firm] * np.exp(0.12 * rows.health)))
    )


def wages(rows: Rows) -> Floats:
    """The sum of the month's wages on which contributions are reckoned."""
    return rows.once("wages", lambda: np.round(staff(rows) * LEAST_WAGE * (1 + 0.9 * rows.trait("wage") ** 2), 2))


def behind(rows: Rows) -> Mask:
    """Whether the firm does not pay in full that month: rare in good health, frequent in bad."""
    return rows.once("behind", lambda: rows.rng.random(rows.count) < 1 / (1 + np.exp(4.4 + 1.7 * rows.health)))


def paid_share(rows: Rows) -> Floats:
    """The part of a month's dues that is paid."""
    return rows.once("paid share", lambda: np.where(behind(rows), np.round(0.6 * rows.rng.random(rows.count), 2), 1.0))


def electricity(rows: Rows) -> Floats:
    """kWh: a basic load, and what the sales of the month need."""

    def make() -> Floats:
        power = POWER[rows.population.industry[rows.firm]]
        used = 0.15 * rows.population.sales[rows.firm] + 0.85 * rows.sales
        return np.round(power * used * np.exp(0.06 * rows.noise("power")))

    return rows.once("electricity", make)


def water(rows: Rows) -> Floats:
    """Cubic metres: what people and production use."""

    def make() -> Floats:
        power = POWER[rows.population.industry[rows.firm]]
        return np.round(2.5 * staff(rows) + 0.02 * power * rows.sales * np.exp(0.1 * rows.noise("water")), 0)

    return rows.once("water", make)


def gas(rows: Rows) -> Floats:
    return rows.once("gas", lambda: np.round(0.006 * rows.sales * np.exp(0.1 * rows.noise("gas")), 0))
