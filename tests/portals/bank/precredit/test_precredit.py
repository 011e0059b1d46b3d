"""The institution's rule on its pages, and the answer on the order's."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from jiahe.accounts.models import User
from jiahe.audit.models import AccessLog
from jiahe.financing.models import Order
from jiahe.financing.precredit.models import Answer, LimitRule
from tests.financing.precredit.scene import POINTS, accepted, applied
from tests.people import sign_in

pytestmark = pytest.mark.django_db

PAGE = "/bank/precredit/"
FILLED: dict[str, Any] = {
    "base": "tax_paid_12m",
    "least": "5",
    "most": "50",
    "rate": "3.9",
    "repayment": "bullet",
    "most_months": "6",
    "valid_days": "30",
    "products": ["P1"],
    "points0": "300",
    "share0": "12.5",
}


def _states() -> list[tuple[int, str]]:
    return list(LimitRule.objects.order_by("number").values_list("number", "state"))


def test_a_rule_is_drafted_and_published(head: Client) -> None:
    assert head.post(f"{PAGE}edit/", FILLED).status_code == 302
    kept = LimitRule.objects.get(number=2)
    assert (kept.base, kept.steps, kept.least, kept.most) == ("tax_paid_12m", [[300, 1250]], 50_000, 500_000)
    assert _states() == [(1, "published"), (2, "draft")]
    assert "第 2 版" in head.get(PAGE).content.decode()
    assert 'value="12.5"' in head.get(f"{PAGE}edit/").content.decode()
    assert head.post(f"{PAGE}2/publish/").status_code == 302
    assert _states() == [(1, "replaced"), (2, "published")]
    assert 'value="4.2"' in head.get(f"{PAGE}edit/?from=1").content.decode()
    head.post(f"{PAGE}2/end/")
    assert _states() == [(1, "replaced"), (2, "ended")]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"share0": ""}, "积分和比例须同时填写。"),
        ({"points0": "", "share0": ""}, "应设 1 至 8 个积分档。"),
        ({"most": "4"}, "最高额度应不低于最低额度"),
        ({"products": []}, "请至少选择一个在架的信用贷款产品。"),
    ],
)
def test_what_is_wrong_is_said_and_not_kept(head: Client, changes: dict[str, Any], said: str) -> None:
    answer = head.post(f"{PAGE}edit/", FILLED | changes)
    assert (answer.status_code, _states()) == (422, [(1, "published")])
    assert said in answer.content.decode()


def test_an_account_manager_reads_the_rules_only(client: Client) -> None:
    sign_in(client, User.objects.get(login="manager-bank-a"))
    assert "修改规则" not in client.get(PAGE).content.decode()
    assert client.post(f"{PAGE}1/end/").status_code == 403
    assert _states() == [(1, "published")]


def test_the_points_of_an_accepted_order_are_shown_and_logged(head: Client) -> None:
    number = applied().number
    assert "现在不能查看" in head.get(f"/bank/orders/{number}/points/").content.decode()
    assert AccessLog.objects.count() == 0
    head.post(f"/bank/orders/{number}/accept/")
    text = head.get(f"/bank/orders/{number}/points/").content.decode()
    assert f"{POINTS}<span" in text
    assert AccessLog.objects.filter(categories=["9002"]).count() == 1


def test_another_bank_finds_no_such_order(client: Client) -> None:
    number = accepted().number
    sign_in(client, User.objects.get(login="head-bank-b"))
    assert client.get(f"/bank/orders/{number}/points/").status_code == 404


def test_a_clean_record_grants_the_loan(head: Client) -> None:
    number = accepted().number
    assert "登记信用记录查询结果" in head.get(f"/bank/orders/{number}/").content.decode()
    refused = head.post(f"/bank/orders/{number}/grant/", {"record": "clean"})
    assert (refused.status_code, Answer.objects.count()) == (422, 0)
    assert head.post(f"/bank/orders/{number}/grant/", {"record": "clean", "authorised": "on"}).status_code == 302
    assert (Order.objects.get().state, Answer.objects.get().is_clean) == ("agreed", True)
    assert "没有不良记录" in head.get(f"/bank/orders/{number}/").content.decode()


def test_a_bad_record_leaves_the_ordinary_steps(head: Client) -> None:
    number = accepted().number
    head.post(f"/bank/orders/{number}/grant/", {"record": "found", "authorised": "on"})
    text = head.get(f"/bank/orders/{number}/").content.decode()
    assert "登记信用记录查询结果" not in text
    assert "已联系企业" in text
