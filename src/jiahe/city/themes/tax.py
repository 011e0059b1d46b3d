"""Department 02, the tax service: sales, taxes, invoices, statements and contributions of a firm's month."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from jiahe.city.business import (
    GOODS,
    behind,
    output_tax,
    paid_share,
    profit,
    sales_to_date,
    staff,
    turn,
    vat,
    wages,
)
from jiahe.city.economy import INDUSTRIES
from jiahe.city.rows import Floats, Ints, Rows
from jiahe.city.themes.columns import Maker, Theme, count, day, one_of, steady, yes_if, yuan

ABROAD = np.array([0.3 if i.division in GOODS[2:] else 0.0 for i in INDUSTRIES])
TAXES = ("增值税", "城市维护建设税", "企业所得税")
INSURANCES = ("企业职工基本养老保险", "失业保险")
# Of the wages: what the employer and what the employee contributes, in per cent.
RATES = {"企业职工基本养老保险": (16.0, 8.0), "失业保险": (0.5, 0.5)}


def _sales(rows: Rows) -> Floats:
    return rows.sales


def _exports(rows: Rows) -> Floats:
    """Some makers sell abroad; how much is their own."""
    share = ABROAD[rows.population.industry[rows.firm]] * (rows.trait("abroad") < 0.35) * rows.trait("abroad") * 4
    return rows.sales * share


def _taxable(rows: Rows) -> Floats:
    return rows.sales - _exports(rows)


def _input_tax(rows: Rows) -> Floats:
    return output_tax(rows) - vat(rows)


def _of_tax(rows: Rows) -> Floats:
    """What is due of each kind of tax: VAT, its surcharge, and income tax on the month's profit."""
    due = np.stack([vat(rows), vat(rows) * 0.07, np.maximum(profit(rows), 0) * 0.05])
    return np.asarray(np.take_along_axis(due, rows.fan[None, :] % 3, axis=0)[0])


def _base(rows: Rows) -> Floats:
    bases = np.stack([rows.sales, vat(rows), np.maximum(profit(rows), 0)])
    return np.asarray(np.take_along_axis(bases, rows.fan[None, :] % 3, axis=0)[0])


def _late_fee(rows: Rows) -> Floats:
    return np.where(behind(rows), _of_tax(rows) * 0.0005 * 30, 0.0)


def _contribution(side: int) -> Maker:
    """The employer's or the employee's contribution to each insurance."""
    rates = np.array([RATES[kind][side] for kind in INSURANCES]) / 100
    return lambda rows: rows.money(wages(rows) * rates[rows.fan % len(INSURANCES)])


def _contributed(rows: Rows) -> Floats:
    rates = np.array([sum(RATES[kind]) for kind in INSURANCES]) / 100
    return np.round(wages(rows) * rates[rows.fan % len(INSURANCES)], 2)


def _grade(rows: Rows) -> pa.Array:
    """Grades follow health; young firms begin with M."""
    health = rows.health + 0.4 * rows.noise("grade")
    young = rows.when - rows.population.born[rows.firm] < 3 * 365
    graded = np.select(
        [young & (health > -1.2), health > 1.1, health > -0.4, health > -1.4], ["M级", "A级", "B级", "C级"], "D级"
    )
    return pa.array(graded, pa.string())


def _points(rows: Rows) -> pa.Array:
    health = rows.health + 0.4 * rows.noise("grade")
    return pa.array(np.round(np.clip(82 + 8 * health, 5, 100), 1))


# Statements


def _quarter_end(rows: Rows) -> Ints:
    """`when` is the first day of a quarter's last month."""
    months = rows.when.astype("datetime64[D]").astype("datetime64[M]") + 1
    return np.asarray(months.astype("datetime64[D]").astype(np.int64) - 1)


def _filed(rows: Rows) -> pa.Array:
    end = _quarter_end(rows)
    return day(np.maximum(np.minimum(end + 8 + rows.firm % 12, rows.population.last_day), end))


def _statement(rows: Rows) -> pa.Array:
    return rows.pick(("季报", "年报"), (turn(rows) == 0).astype(np.int64))


def _assets(rows: Rows) -> Floats:
    return rows.once("assets", lambda: rows.population.sales[rows.firm] * 12 * (0.6 + 0.6 * rows.trait("assets")))


def _debts(rows: Rows) -> Floats:
    """Debts weigh more where health is bad."""
    return rows.once("debts", lambda: _assets(rows) * np.clip(0.52 - 0.14 * rows.health, 0.05, 1.3))


def _equity(rows: Rows) -> Floats:
    return _assets(rows) - _debts(rows)


def _capital(rows: Rows) -> Floats:
    return np.minimum(rows.population.capital[rows.firm], _assets(rows) * 0.3)


def _to_date_profit(rows: Rows) -> Floats:
    return rows.once("profit to date", lambda: sales_to_date(rows) * (0.05 + 0.04 * rows.health))


def _cost(rows: Rows) -> Floats:
    return sales_to_date(rows) * 0.82


def _cash_flow(rows: Rows) -> Floats:
    return rows.once("cash flow", lambda: sales_to_date(rows) * (0.04 + 0.05 * rows.health))


STATEMENT: Theme = {
    "period_ended_on": lambda rows: day(_quarter_end(rows)),
    "filed_on": _filed,
    "statement_kind": _statement,
    "cash": yuan(_assets, 0.11),
    "notes_receivable": yuan(_assets, 0.03),
    "accounts_receivable": lambda rows: rows.money(_assets(rows) * np.clip(0.17 - 0.03 * rows.health, 0.02, 0.4)),
    "prepayments": yuan(_assets, 0.03),
    "other_receivables": yuan(_assets, 0.02),
    "inventories": yuan(_assets, 0.16),
    "current_assets": yuan(_assets, 0.56),
    "long_term_investments": yuan(_assets, 0.04),
    "fixed_assets": yuan(_assets, 0.3),
    "intangible_assets": yuan(_assets, 0.06),
    "non_current_assets": yuan(_assets, 0.44),
    "total_assets": yuan(_assets),
    "short_term_loans": yuan(_debts, 0.34),
    "notes_payable": yuan(_debts, 0.06),
    "accounts_payable": yuan(_debts, 0.3),
    "current_liabilities": yuan(_debts, 0.84),
    "long_term_loans": yuan(_debts, 0.12),
    "total_liabilities": yuan(_debts),
    "paid_in_capital": yuan(_capital),
    "retained_earnings": lambda rows: rows.money(_equity(rows) - _capital(rows)),
    "capital_reserve": steady(0.0),
    "surplus_reserve": steady(0.0),
    "total_equity": yuan(_equity),
    "operating_revenue": yuan(sales_to_date),
    "operating_cost": yuan(_cost),
    "taxes_and_surcharges": yuan(sales_to_date, 0.006),
    "selling_expenses": yuan(sales_to_date, 0.04),
    "administrative_expenses": yuan(sales_to_date, 0.06),
    "financial_expenses": yuan(_debts, 0.012),
    "interest_expenses": yuan(_debts, 0.011),
    "operating_profit": yuan(_to_date_profit),
    "total_profit": yuan(_to_date_profit),
    "income_tax_expense": lambda rows: rows.money(np.maximum(_to_date_profit(rows), 0) * 0.05),
    "net_profit": lambda rows: rows.money(_to_date_profit(rows) - np.maximum(_to_date_profit(rows), 0) * 0.05),
    "operating_cash_in": yuan(sales_to_date, 1.06),
    "operating_cash_out": lambda rows: rows.money(sales_to_date(rows) * 1.06 - _cash_flow(rows)),
    "operating_cash_flow": yuan(_cash_flow),
    "closing_cash": yuan(_assets, 0.11),
}
THEMES: dict[str, Theme] = {
    "0202": {
        "sales_total": yuan(_sales),
        "taxable_sales": yuan(_taxable),
        "simple_method_sales": steady(0.0),
        "export_sales": yuan(_exports),
        "exempt_sales": steady(0.0),
        "sales_year_to_date": yuan(sales_to_date),
        "output_tax": yuan(output_tax),
        "input_tax": yuan(_input_tax),
        "input_tax_reversed": steady(0.0),
        "vat_payable": yuan(vat),
        "vat_due": yuan(vat),
        "surcharges_payable": yuan(vat, 0.12),
        "operating_revenue": yuan(sales_to_date),
        "operating_cost": yuan(_cost),
        "profit_total": yuan(_to_date_profit),
        "income_tax_payable": lambda rows: rows.money(np.maximum(_to_date_profit(rows), 0) * 0.05),
        "filed_late": yes_if(behind),
    },
    "0203": {
        "tax_kind": one_of(*TAXES),
        "taxable_amount": yuan(_base),
        "tax_payable": yuan(_of_tax),
        "tax_paid": lambda rows: rows.money(_of_tax(rows) * paid_share(rows)),
        "tax_reduced": steady(0.0),
        "tax_refunded": steady(0.0),
        "late_fee_paid": yuan(_late_fee),
    },
    "0204": STATEMENT,
    "0205": {
        "issued_amount": yuan(_sales),
        "issued_tax": yuan(output_tax),
        "issued_total": lambda rows: rows.money(rows.sales + output_tax(rows)),
        "special_issued_amount": yuan(_sales, 0.7),
        "ordinary_issued_amount": yuan(_sales, 0.3),
        "issued_count": lambda rows: pa.array(np.ceil(rows.sales / 60_000).astype(np.int64)),
        "received_amount": lambda rows: rows.money(rows.sales * (0.76 - 0.03 * rows.health)),
        "received_tax": yuan(_input_tax),
        "deducted_tax": yuan(_input_tax),
    },
    "0206": {"grade": _grade, "score": _points},
    "0210": {
        "insurance_kind": one_of(*INSURANCES),
        "contributors": count(staff),
        "contribution_base": yuan(wages),
        "employer_rate": lambda rows: pa.array(np.array([RATES[k][0] for k in INSURANCES])[rows.fan % len(INSURANCES)]),
        "employer_payable": _contribution(0),
        "employee_payable": _contribution(1),
        "paid": lambda rows: rows.money(_contributed(rows) * paid_share(rows)),
        "owed": lambda rows: rows.money(_contributed(rows) * (1 - paid_share(rows))),
        "late_fee": lambda rows: rows.money(_contributed(rows) * (1 - paid_share(rows)) * 0.0005 * 30),
    },
}
