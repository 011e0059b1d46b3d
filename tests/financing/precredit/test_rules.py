from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from jiahe.accounts.enums import OrganisationState
from jiahe.accounts.models import Organisation
from jiahe.audit.journal import about
from jiahe.financing.precredit.actions.rule import draft, end, publish
from jiahe.financing.precredit.errors import NoSuchRule, NotYours, RuleStateChanged, WrongRule
from jiahe.financing.precredit.models import LimitRule
from jiahe.financing.precredit.queries.rules import in_force
from jiahe.products.errors import InstitutionFrozen
from tests.financing.precredit.scene import STATED
from tests.financing.scene import by, manager, settle
from tests.products.shelf import on_shelf

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _banks() -> None:
    settle(banks=("bank-a", "bank-b"))
    on_shelf("P1", variant={"guarantees": ["credit"]})
    on_shelf("P2", variant={"guarantees": ["mortgage"]})
    on_shelf("P3", institution="bank-b", variant={"guarantees": ["credit"]})


def _states() -> list[tuple[str, int, str]]:
    rows = LimitRule.objects.order_by("institution__code", "number")
    return list(rows.values_list("institution__code", "number", "state"))


def test_a_draft_is_written_over_until_it_is_published() -> None:
    head = by("head-bank-a")
    draft(actor=head, stated=STATED)
    draft(actor=head, stated=replace(STATED, rate=Decimal("3.9")))
    assert in_force().count() == 0
    publish(actor=head, number=1)
    draft(actor=head, stated=STATED)
    assert _states() == [("bank-a", 1, "published"), ("bank-a", 2, "draft")]
    publish(actor=head, number=2)
    end(actor=head, number=2)
    assert _states() == [("bank-a", 1, "replaced"), ("bank-a", 2, "ended")]
    assert [entry.action for entry in about("limit_rule:bank-a/2")] == [
        "precredit.end",
        "precredit.publish",
        "precredit.draft",
    ]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"base": "age"}, "请从列表中选择额度的基数。"),
        ({"steps": ()}, "应设 1 至 8 个积分档。"),
        ({"steps": ((-1, 500),)}, "积分档应为 0 至 12000 的整数。"),
        ({"steps": ((0, 0),)}, "比例应大于 0，不超过 1000 %。"),
        ({"steps": ((300, 500), (300, 600))}, "积分档应由低到高，比例不能随积分升高而降低。"),
        ({"steps": ((300, 500), (400, 400))}, "积分档应由低到高，比例不能随积分升高而降低。"),
        ({"least": 5_000}, "最低和最高额度应为整万元。"),
        ({"most": 40_000}, "最高额度应不低于最低额度，不超过 100,000 万元。"),
        ({"valid_days": 0}, "额度有效天数应为 1 至 180 天。"),
        ({"rate": Decimal(0)}, "年利率应大于 0，不超过 36 %。"),
        ({"repayment": "never"}, "请从列表中选择还款方式。"),
        ({"most_months": 361}, "最长期限应为 1 至 360 个月。"),
        ({"products": ()}, "请至少选择一个在架的信用贷款产品。"),
        ({"products": ("P2",)}, "请至少选择一个在架的信用贷款产品。"),
        ({"products": ("P1", "P3")}, "请至少选择一个在架的信用贷款产品。"),
    ],
)
def test_a_fault_is_named_and_nothing_kept(changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(WrongRule) as refused:
        draft(actor=by("head-bank-a"), stated=replace(STATED, **changes))
    assert refused.value.faults == (sentence,)
    assert _states() == []


def test_only_the_head_administrator_makes_rules_and_only_those_of_the_own_institution() -> None:
    draft(actor=by("head-bank-a"), stated=STATED)
    with pytest.raises(NotYours):
        publish(actor=manager(), number=1)
    with pytest.raises(NoSuchRule):
        publish(actor=by("head-bank-b"), number=1)
    assert _states() == [("bank-a", 1, "draft")]


def test_what_is_published_is_not_published_again() -> None:
    head = by("head-bank-a")
    publish(actor=head, number=draft(actor=head, stated=STATED).number)
    with pytest.raises(RuleStateChanged):
        publish(actor=head, number=1)
    assert _states() == [("bank-a", 1, "published")]


def test_a_frozen_institution_publishes_nothing_and_has_no_rule_in_force() -> None:
    head = by("head-bank-a")
    publish(actor=head, number=draft(actor=head, stated=STATED).number)
    Organisation.objects.filter(code="bank-a").update(state=OrganisationState.FROZEN)
    assert in_force().count() == 0
    with pytest.raises(InstitutionFrozen):
        draft(actor=head, stated=STATED)
