"""What a loan costs, against closed forms and as properties of every loan."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiahe.products.loan import FEN, Charge, Instalment, Method, cost, schedule

MILLION = Decimal(1_000_000)
principals = st.decimals(min_value=1, max_value=100_000_000, places=2)
# From 100,000 yuan on, rounding to the fen does not move the first digits of a rate.
real = st.decimals(min_value=100_000, max_value=100_000_000, places=2)
rates = st.decimals(min_value=0, max_value=24, places=2)
terms = st.integers(min_value=1, max_value=360)
methods = st.sampled_from(Method)
REGULAR = [Method.EQUAL_INSTALMENTS, Method.EQUAL_PRINCIPAL, Method.INTEREST_FIRST]


def loan(method: Method, principal: Decimal = MILLION, annual: str = "4.35", months: int = 12) -> list[Instalment]:
    return schedule(principal=principal, annual=Decimal(annual), months=months, method=method)


def test_equal_instalments() -> None:
    rows = loan(Method.EQUAL_INSTALMENTS, annual="6")
    # 1,000,000 × 0.005 ÷ (1 − 1.005⁻¹²) = 86,066.4297…
    assert [r.total for r in rows[:-1]] == [Decimal("86066.43")] * 11
    assert rows[-1].total == Decimal("86066.42")
    assert rows[0].interest == Decimal("5000.00")
    assert rows[-1].balance == 0


def test_equal_principal() -> None:
    rows = loan(Method.EQUAL_PRINCIPAL, annual="6")
    assert [r.principal for r in rows] == [Decimal("83333.33")] * 11 + [Decimal("83333.37")]
    assert rows[0].interest == Decimal("5000.00")
    # P × r × (n + 1) ÷ 2, but for the fen of rounding
    assert abs(sum(r.interest for r in rows) - Decimal(32_500)) <= Decimal("0.06")


def test_interest_first() -> None:
    rows = loan(Method.INTEREST_FIRST)
    assert {r.interest for r in rows} == {Decimal("3625.00")}
    assert [r.principal for r in rows] == [0] * 11 + [MILLION]


def test_bullet() -> None:
    rows = loan(Method.BULLET)
    assert [r.total for r in rows] == [0] * 11 + [Decimal("1043500.00")]
    found = cost(rows)
    assert found
    assert found.effective == Decimal("4.35")
    assert found.simple == Decimal("4.27")  # 12 × (1.0435^(1/12) − 1)


def test_a_year_of_six_per_cent_is_6_17_with_interest_on_interest() -> None:
    found = cost(loan(Method.INTEREST_FIRST, annual="6"))
    assert found
    assert (found.simple, found.effective) == (Decimal("6.00"), Decimal("6.17"))


def test_fees_make_a_loan_dearer() -> None:
    rows = loan(Method.INTEREST_FIRST, annual="0", months=24)
    once = cost(rows, [Charge(Decimal(1), percent=True)])
    # 990,000 = 1,000,000 ÷ (1 + r)²⁴
    assert once
    assert once.effective == Decimal("0.50")
    yearly = cost(rows, [Charge(Decimal("1.5"), percent=True, yearly=True), Charge(Decimal(300), percent=False)])
    # 984,700 = 15,000 ÷ (1 + r)¹² + 1,000,000 ÷ (1 + r)²⁴
    assert yearly
    assert yearly.effective == Decimal("1.54")
    x = 1 / (1 + yearly.monthly) ** 12
    assert abs(15_000 * x + 1_000_000 * x * x - 984_700) < Decimal("1e-6")


def test_no_fee_is_paid_for_a_year_that_does_not_begin() -> None:
    charge = [Charge(Decimal(1), percent=True, yearly=True)]
    for months, times in ((12, 1), (13, 2), (24, 2), (25, 3)):
        rows = loan(Method.BULLET, annual="0", months=months)
        found = cost(rows, charge)
        assert found
        v = 1 / (1 + found.monthly)
        paid = sum(10_000 * v ** (12 * year) for year in range(times)) + 1_000_000 * v**months
        assert abs(paid - MILLION) < Decimal("1e-6")


def test_fees_that_leave_nothing() -> None:
    assert cost(loan(Method.BULLET), [Charge(MILLION, percent=False)]) is None


@pytest.mark.parametrize(
    ("principal", "annual", "months"),
    [("0", "4", 12), ("-1", "4", 12), ("1.001", "4", 12), ("1", "-0.01", 12), ("1", "4", 0), ("1", "4", 601)],
)
def test_a_loan_that_cannot_be(principal: str, annual: str, months: int) -> None:
    with pytest.raises(ValueError, match="no loan"):
        loan(Method.BULLET, Decimal(principal), annual, months)


@given(principals, rates, terms, methods)
def test_every_schedule_repays_the_principal(principal: Decimal, annual: Decimal, months: int, method: Method) -> None:
    rows = schedule(principal=principal, annual=annual, months=months, method=method)
    assert [r.month for r in rows] == list(range(1, months + 1))
    assert sum(r.principal for r in rows) == principal
    assert rows[-1].balance == 0
    balance = principal
    for row in rows:
        balance -= row.principal
        assert row.balance == balance >= 0
        assert row.principal >= 0
        assert row.interest >= 0
        assert row.total == row.total.quantize(FEN)


@given(real, rates, terms, st.sampled_from(REGULAR))
def test_without_fees_the_cost_is_the_rate(principal: Decimal, annual: Decimal, months: int, method: Method) -> None:
    found = cost(schedule(principal=principal, annual=annual, months=months, method=method))
    assert found
    assert abs(found.monthly * 1200 - annual) < Decimal("0.0005")


@given(real, rates, terms)
def test_a_bullet_loan_costs_as_its_closed_form_says(principal: Decimal, annual: Decimal, months: int) -> None:
    found = cost(schedule(principal=principal, annual=annual, months=months, method=Method.BULLET))
    assert found
    expected = (1 + annual * months / 1200) ** (Decimal(1) / months) - 1
    assert abs(found.monthly - expected) < Decimal("1e-6")


@given(real, rates, terms, methods, st.decimals(min_value=0, max_value=5, places=2), st.booleans())
def test_a_fee_never_makes_a_loan_cheaper(
    principal: Decimal, annual: Decimal, months: int, method: Method, fee: Decimal, yearly: bool
) -> None:
    rows = schedule(principal=principal, annual=annual, months=months, method=method)
    bare, dear = cost(rows), cost(rows, [Charge(fee, percent=True, yearly=yearly)])
    assert bare
    assert dear
    assert dear.monthly >= bare.monthly - Decimal("1e-12")
