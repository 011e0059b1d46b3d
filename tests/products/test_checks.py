"""What is wrong with terms, field by field."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from jiahe.products.checks import faults
from jiahe.products.terms import FeeTerms, RiskShare, VariantTerms
from tests.products.scene import FULL, LEAST

LPR = {"lpr_term": "1Y", "lpr_on": date(2025, 5, 20), "spread_from": 65}


def test_nothing_is_wrong_with_the_least_or_the_most() -> None:
    assert faults(LEAST) == []
    assert faults(FULL) == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "名" * 61),
        ("name", "税\u200b信贷"),
        ("kind", "magic"),
        ("variants", ()),
        ("variants", (VariantTerms(),) * 11),
        ("variants", (VariantTerms(name="线上"),) * 2),
        ("fees", tuple(FeeTerms(f"费{n}", "once", "yuan") for n in range(11))),
        ("fees", (FeeTerms("费", "once", "yuan"),) * 2),
        ("summary", "字" * 201),
        ("repayments", ("never",)),
        ("repayments", ("bullet", "bullet")),
        ("regions", ("110000",)),
        ("industries", ("Z",)),
        ("sizes", ("huge",)),
        ("materials", ("",)),
        ("promised_days", 0),
        ("promised_days", 366),
        ("admission", ["not", "a", "rule"]),
    ],
)
def test_a_field_of_a_version(field: str, value: Any) -> None:
    assert [fault.field for fault in faults(replace(LEAST, **{field: value}))] == [field]


def test_validity_in_order() -> None:
    wrong = replace(LEAST, valid_from=date(2026, 2, 1), valid_until=date(2026, 1, 31))
    assert [fault.field for fault in faults(wrong)] == ["valid_until"]


@pytest.mark.parametrize(
    ("field", "variant"),
    [
        ("amount_from", {"amount_from": Decimal(0)}),
        ("amount_to", {"amount_from": Decimal(2), "amount_to": Decimal(1)}),
        ("amount_to", {"amount_to": Decimal(10) ** 13}),
        ("term_from", {"term_from": 0}),
        ("term_to", {"term_to": 601}),
        ("rate_from", {"rate_from": Decimal("-0.01")}),
        ("rate_to", {"rate_to": Decimal(435)}),
        ("rate_to", {"rate_from": Decimal(5), "rate_to": Decimal(4)}),
        ("guarantee_fee", {"guarantee_fee": Decimal(101)}),
        ("guarantees", {"guarantees": ()}),
        ("guarantees", {"guarantees": ("trust",)}),
        ("guarantees", {"guarantees": ("credit", "mortgage")}),
        ("lpr_term", {"spread_from": 65}),
        ("lpr_term", {"lpr_term": "1Y", "lpr_on": date(2025, 5, 20)}),
        ("lpr_term", LPR | {"lpr_term": "3Y"}),
        ("rate_from", LPR | {"rate_from": Decimal("3.66")}),
        ("spread_from", LPR | {"spread_from": 2001}),
        ("risk_shares", {"risk_shares": (RiskShare("银行", Decimal("99.9")),)}),
        ("risk_shares", {"risk_shares": (RiskShare("银行", Decimal(50)), RiskShare("银行", Decimal(50)))}),
        ("risk_shares", {"risk_shares": (RiskShare("", Decimal(100)),)}),
        ("risk_shares", {"risk_shares": (RiskShare("银行", Decimal(0)), RiskShare("基金", Decimal(100)))}),
    ],
)
def test_a_field_of_a_variant(field: str, variant: dict[str, Any]) -> None:
    wrong = replace(LEAST, variants=(VariantTerms(), VariantTerms(**variant)))
    assert [fault.field for fault in faults(wrong)] == [f"variants.1.{field}"]


@pytest.mark.parametrize(
    ("field", "fee"),
    [
        ("name", FeeTerms("", "once", "yuan")),
        ("timing", FeeTerms("费", "daily", "yuan")),
        ("unit", FeeTerms("费", "once", "dollar")),
        ("amount", FeeTerms("费", "once", "percent", Decimal(101))),
        ("amount", FeeTerms("费", "once", "yuan", Decimal(-1))),
    ],
)
def test_a_field_of_a_fee(field: str, fee: FeeTerms) -> None:
    assert [fault.field for fault in faults(replace(LEAST, fees=(fee,)))] == [f"fees.0.{field}"]


def test_an_lpr_that_is_not_known_is_not_compared() -> None:
    variant = VariantTerms(lpr_term="1Y", lpr_on=date(2099, 1, 1), spread_from=65, rate_from=Decimal(9))
    assert faults(replace(LEAST, variants=(variant,))) == []


def test_collateral_makes_no_unsecured_loan_but_may_be_part_of_a_mixed_one() -> None:
    mortgage = (VariantTerms(guarantees=("credit",)), VariantTerms(guarantees=("mortgage",)))
    assert [f.field for f in faults(replace(LEAST, variants=mortgage))] == ["variants.1.guarantees"]
    assert faults(replace(LEAST, kind="mixed", variants=mortgage)) == []
