"""What is true of single items: the values that health drives and those that hang together, by category and item."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pyarrow as pa

from jiahe.city.economy import BANKS, INDUSTRIES
from jiahe.city.health import NEVER
from jiahe.city.population import MONTHS
from jiahe.city.rows import Floats, Rows, join

Maker = Callable[[Rows], pa.Array]
VAT = np.where(np.isin([i.division for i in INDUSTRIES], ["51", "52", *map(str, range(13, 45))]), 0.13, 0.06)


def _sales(share: float, spread: float = 0.0) -> Maker:
    """A share of the month's sales."""
    return lambda rows: rows.money(rows.sales * share * (rows.jitter(spread) if spread else 1))


def _vat(rows: Rows) -> Floats:
    """VAT due: output tax less input tax, which is a larger part where margins are thin."""
    rate = VAT[rows.population.industry[rows.firm]]
    margin = np.clip(0.16 + 0.05 * rows.health, 0.02, 0.5)
    return rows.sales * rate * margin


def _electricity(rows: Rows) -> Floats:
    """kWh: a basic load and what the sales of the month need."""
    power = np.array([i.power for i in INDUSTRIES])[rows.population.industry[rows.firm]]
    basic = rows.population.sales[rows.firm] * power / 100 * 0.15
    used: Floats = (basic + rows.sales * power / 100 * 0.85) * rows.jitter(0.06)
    return used


def _staff(rows: Rows) -> Floats:
    """The month's staff: what is usual, following health slowly."""
    return np.maximum(1, np.round(rows.population.staff[rows.firm] * np.exp(0.12 * rows.health)))


def _state(rows: Rows) -> pa.Array:
    died = rows.city.life.died[rows.firm]
    failed = rows.city.life.defaulted[rows.firm] < NEVER
    return pa.array(np.where(died < MONTHS, np.where(failed, "吊销,未注销", "注销"), "存续"), pa.string())


def _ended(rows: Rows) -> pa.Array:
    """The first day of the month of death, for those that were deregistered."""
    life, population = rows.city.life, rows.population
    start = int(population.until.astype(np.int64)) - MONTHS + 1
    died = life.died[rows.firm]
    gone = (died < MONTHS) & (life.defaulted[rows.firm] == NEVER)
    days = (start + np.minimum(died, MONTHS - 1)).astype("datetime64[M]").astype("datetime64[D]").astype(np.int32)
    return rows.with_nulls(pa.array(days, pa.int32()).cast(pa.date32()), ~gone)


def _capital(rows: Rows) -> pa.Array:
    return pa.array(np.round(rows.population.capital[rows.firm] / 10_000, 2))


def _scope(rows: Rows) -> pa.Array:
    scopes = [f"一般项目：{i.scope}(除依法须经批准的项目外，凭营业执照依法自主开展经营活动)。" for i in INDUSTRIES]
    return rows.pick(scopes, rows.population.industry[rows.firm])


def _tax_grade(rows: Rows) -> pa.Array:
    health = rows.health + 0.4 * rows.rng.standard_normal(rows.count)
    return pa.array(np.select([health > 1.1, health > -0.4, health > -1.4], ["A", "B", "C"], "D"), pa.string())


def _case(kind: str) -> Maker:
    """A court's case number."""
    return lambda rows: join(
        pa.scalar("("), rows.written_year(), pa.scalar(f")浙04{kind}"), rows.serial(), pa.scalar("号")
    )


def _court(rows: Rows) -> pa.Array:
    places = ("南湖区", "秀洲区", "嘉善县", "海盐县", "海宁市", "平湖市", "桐乡市")
    return rows.pick([f"{p}人民法院" for p in places], rows.firm)


def _shareholder(rows: Rows) -> pa.Array:
    """The owner first; then persons and firms of the same group: groups of firms share their owners."""
    population = rows.population
    group = (rows.firm // 6) * 6
    partner = population.person.take(pa.array((group + rows.nth) % population.count))
    holding = population.name.take(pa.array((group + 7 * rows.nth) % population.count))
    other = pa.compute.if_else(pa.array(rows.firm % 9 == 0), holding, partner)
    return pa.compute.if_else(pa.array(rows.nth == 0), rows.of_firm(population.person), other)


def _guaranteed(rows: Rows) -> pa.Array:
    """Guarantees run in circles of five neighbours."""
    ring = (rows.firm // 5) * 5 + (rows.firm + 1 + rows.nth) % 5
    return rows.population.name.take(pa.array(np.minimum(ring, rows.population.count - 1)))


def _score(middle: float, spread: float, top: float) -> Maker:
    """A public score that follows health."""

    def make(rows: Rows) -> pa.Array:
        noise = rows.rng.standard_normal(rows.count) * 0.6
        return pa.array(np.round(np.clip(middle + spread * (rows.health + noise) / 2, 0, top), 2))

    return make


REGISTRATION: dict[str, Maker] = {
    "enterprise_type": lambda rows: rows.of_firm(rows.population.form),
    "enterprise_state": _state,
    "deregistered_on": _ended,
    "registered_capital": _capital,
    "business_scope": _scope,
    "area": lambda rows: rows.of_firm(rows.population.area),
}
THEMES: dict[str, dict[str, Maker]] = {
    "0101": REGISTRATION,
    "0103": {
        "shareholder_name": _shareholder,
        "shareholder": _shareholder,
        "subscribed": _capital,
        "subscribed_amount": _capital,
    },
    "0110": {"debtor": _guaranteed, "debtor_name": _guaranteed},
    "0202": {
        "sales_total": _sales(1.0),
        "taxable_sales": _sales(0.86),
        "simple_method_sales": _sales(0.0),
        "export_sales": _sales(0.12),
        "exempt_sales": _sales(0.02),
        "sales_year_to_date": lambda rows: rows.money(rows.sales * (rows.month % 12 + 1)),
        "output_tax": lambda rows: rows.money(rows.sales * VAT[rows.population.industry[rows.firm]]),
        "input_tax": lambda rows: rows.money(rows.sales * VAT[rows.population.industry[rows.firm]] * 0.84),
        "vat_payable": lambda rows: rows.money(_vat(rows)),
        "vat_due": lambda rows: rows.money(_vat(rows)),
        "surcharges_payable": lambda rows: rows.money(_vat(rows) * 0.12),
        "operating_revenue": lambda rows: rows.money(rows.sales * (rows.month % 12 + 1)),
        "operating_cost": lambda rows: rows.money(rows.sales * (rows.month % 12 + 1) * 0.83),
        "profit_total": lambda rows: rows.money(rows.sales * (0.05 + 0.04 * rows.health)),
        "income_tax_payable": lambda rows: rows.money(np.maximum(0, rows.sales * (0.05 + 0.04 * rows.health)) * 0.05),
    },
    "0203": {
        "taxable_amount": _sales(1.0),
        "tax_payable": lambda rows: rows.money(_vat(rows) * np.array([1.0, 0.12, 0.3])[rows.fan % 3]),
        "tax_paid": lambda rows: rows.money(_vat(rows) * np.array([1.0, 0.12, 0.3])[rows.fan % 3]),
    },
    "0205": {"invoiced_amount": _sales(1.0), "sales_amount": _sales(1.0), "sales_invoice_amount": _sales(1.0)},
    "0206": {"grade": _tax_grade, "tax_grade": _tax_grade},
    "0210": {"insured_count": lambda rows: pa.array(_staff(rows).astype(np.int64))},
    "0301": {"case_no": _case("执"), "court": _court, "instrument_issuer": _court},
    "0302": {"case_no": _case("执"), "court": _court},
    "0303": {"case_no": _case("民初"), "court": _court},
    "0304": {"case_no": _case("民初"), "court": _court},
    "0404": {"score": _score(780, 110, 1000)},
    "0702": {"insured_count": lambda rows: pa.array(_staff(rows).astype(np.int64))},
    "0902": {"mortgagee": lambda rows: rows.choose(BANKS), "mortgagee_name": lambda rows: rows.choose(BANKS)},
    "2502": {
        name: lambda rows: pa.array(np.round(_electricity(rows)).astype(np.float64))
        for name in ("usage", "total_usage", "usage_kwh", "energy", "electricity_used")
    },
}
