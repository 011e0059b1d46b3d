"""The columns of a generated record agree with each other, and with the firm's health."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from jiahe.catalogue import load
from jiahe.city.build import Order, city, value
from jiahe.city.health import NEVER
from jiahe.city.rows import Rows, jobs, rows
from jiahe.city.themes import THEMES

ORDER = Order(600, 120_000, 7, Path("nowhere"))


def stretch(category: str) -> Rows:
    """The first stretch of a category's clean records."""
    here = city(ORDER)
    number, chunk, begin, end = next(j for j in jobs(here) if here.plans[j[0]].category.code == category)
    return rows(here, number, chunk, begin, end)


def columns(category: str, *items: str) -> list[np.ndarray]:
    found = stretch(category)
    return [value(found, item).to_numpy(zero_copy_only=False) for item in items]


def test_themes_speak_of_items_that_the_catalogue_has() -> None:
    categories = load().categories
    assert [(c, i) for c, theme in THEMES.items() for i in theme if i not in categories[c].by_code] == []


@pytest.mark.parametrize("category", [c.code for c in load().categories.values()])
def test_no_two_records_of_a_category_share_their_key(category: str) -> None:
    found = stretch(category)
    key = pa.table({code: value(found, code) for code in found.category.key})
    assert key.num_rows == key.group_by(key.column_names).aggregate([]).num_rows


def test_vat_is_output_less_input_and_the_invoices_show_the_same_sales() -> None:
    output, inputs, due = columns("0202", "output_tax", "input_tax", "vat_due")
    assert np.abs(output - inputs - due).max() < 0.02
    amount, tax, total = columns("0205", "issued_amount", "issued_tax", "issued_total")
    assert np.abs(amount + tax - total).max() < 0.02


def test_sales_and_invoices_of_one_firm_and_month_are_one_figure() -> None:
    filed, invoiced = stretch("0202"), stretch("0205")
    sales = dict(zip(zip(filed.firm, filed.month, strict=True), value(filed, "sales_total").to_pylist(), strict=True))
    issued = zip(invoiced.firm, invoiced.month, value(invoiced, "issued_amount").to_pylist(), strict=True)
    both = [(sales[f, m], amount) for f, m, amount in issued if (f, m) in sales]
    assert len(both) > 1_000
    assert [pair for pair in both if pair[0] != pair[1]] == []


def test_sales_to_date_are_those_of_the_calendar_year() -> None:
    here, found = city(ORDER), stretch("0202")
    to_date = value(found, "sales_year_to_date").to_numpy()
    january, last = found.month == MONTH_OF_JANUARY, found.month == 71
    assert np.allclose(to_date[january], here.life.sales[found.firm[january], MONTH_OF_JANUARY], atol=0.01)
    old = last & (here.life.first[found.firm] <= MONTH_OF_JANUARY)
    ten_months = here.life.sales[found.firm[old], MONTH_OF_JANUARY:].astype(np.float64).sum(axis=1)
    assert np.allclose(to_date[old], ten_months, atol=0.01)


MONTH_OF_JANUARY = 62  # January 2026 in a window that ends with October


def test_a_balance_sheet_balances_and_ends_with_a_quarter() -> None:
    assets, debts, equity, ended = columns(
        "0204", "total_assets", "total_liabilities", "total_equity", "period_ended_on"
    )
    assert np.abs(assets - debts - equity).max() < 0.03
    assert {str(d)[5:] for d in ended.astype("datetime64[D]")} == {"03-31", "06-30", "09-30", "12-31"}


def test_what_is_due_is_paid_or_owed() -> None:
    for category in ("0702", "0801"):
        due, paid, owed = columns(category, "amount_due", "amount_paid", "arrears_amount")
        assert np.abs(due - paid - owed).max() < 0.02


def test_the_shares_of_a_firms_shareholders_make_a_hundred() -> None:
    found = stretch("0103")
    share = value(found, "ownership_share").to_numpy()
    assert np.array_equal(found.fan % 2, np.tile([0, 1], found.count // 2))
    assert np.abs(share[::2] + share[1::2] - 100).max() < 1e-9
    company = pc.is_valid(value(found, "shareholder_uscc")).to_numpy(zero_copy_only=False)
    kinds = value(found, "shareholder_kind").to_numpy(zero_copy_only=False)
    assert set(kinds[company]) == {"企业法人"}
    assert set(kinds[~company]) == {"自然人股东"}


def test_those_who_default_use_less_electricity_and_pay_later() -> None:
    found = stretch("2502")
    life = city(ORDER).life
    failing = (life.defaulted[found.firm] < NEVER) & (found.month >= life.defaulted[found.firm] - 6)
    used = value(found, "usage").to_numpy() / np.maximum(found.population.sales[found.firm], 1)
    assert used[failing].mean() < 0.8 * used[~failing].mean()
    late = value(found, "late").to_numpy(zero_copy_only=False) == "是"
    assert late[failing].mean() > 2 * late[~failing].mean()


def test_only_those_that_ended_in_order_are_deregistered_once_and_on_that_day() -> None:
    found = stretch("0107")
    life = city(ORDER).life
    assert np.array_equal(found.firm, np.flatnonzero(life.deregistered))
    registered = stretch("0101")
    ended = value(registered, "deregistered_on")
    assert ended.drop_null().equals(value(found, "deregistered_on"))
    assert np.array_equal(registered.firm[pc.is_valid(ended).to_numpy(zero_copy_only=False)], found.firm)


@pytest.mark.parametrize("category", ["0301", "0302", "0304", "0402", "0703", "2402", "2503"])
def test_what_bad_health_brings_about_happens_in_worse_months_than_usual(category: str) -> None:
    found = stretch(category)
    assert found.health.mean() < city(ORDER).life.health[found.firm].mean() - 0.1


def test_the_account_of_a_bill_is_one_that_was_opened() -> None:
    opened = set(value(stretch("2501"), "account_no").to_pylist())
    billed = stretch("2502")
    first = stretch("2501").firm[stretch("2501").nth == 0]
    known = np.isin(billed.firm, first)
    assert known.any()
    assert set(value(billed, "account_no").filter(pa.array(known)).to_pylist()) <= opened
