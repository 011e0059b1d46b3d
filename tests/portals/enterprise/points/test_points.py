"""The enterprise looks at its points and limits, and applies by them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from jiahe.financing.models import FinancingRequest, Order
from jiahe.financing.precredit.models import LimitRule, Precredit
from jiahe.scoring.points.models import SystemVersion
from tests.financing.precredit.scene import LIMIT, POINTS, forget, take_part
from tests.portals.enterprise.requests.test_applying import FILLED, hidden

pytestmark = pytest.mark.django_db

PAGE = "/enterprise/points/"
ASKED = {"institution": "bank-a", "rule": "1", "product": "P1"}


def _text(client: Client) -> str:
    return client.get(PAGE).content.decode()


def test_it_sees_points_what_they_are_made_of_and_the_limit(boss: Client) -> None:
    text = _text(boss)
    assert f"<strong>{POINTS}</strong>" in text
    assert re.findall(r'limit__amount"><span title="([^"]+)"', text) == [f"{LIMIT:,} 元"]
    for said in (
        "有效至 2026-12-31",
        "第 1 版规则",
        "年化 4.2 %",
        "成立月数",
        "72 个月",
        "600 万元",
        "查看和申请都不会降低",
    ):
        assert said in text
    assert "凭积分申请" in text


@pytest.mark.parametrize(
    ("gone", "said"),
    [
        (None, "还没有贵企业的积分"),
        (LimitRule, "还没有机构公布预授信规则"),
        (SystemVersion, "主管部门尚未发布"),
    ],
)
def test_what_is_missing_is_said(boss: Client, gone: Any, said: str) -> None:
    if gone is LimitRule:
        LimitRule.objects.update(state="ended")
    elif gone is SystemVersion:
        SystemVersion.objects.update(state="retired")
    else:
        forget()
    text = _text(boss)
    assert said in text
    assert "limit__amount" not in text


def test_it_applies_and_agrees(boss: Client) -> None:
    answer = boss.post(f"{PAGE}apply/", ASKED)
    draft = FinancingRequest.objects.get()
    assert answer.headers["Location"] == f"/enterprise/requests/{draft.number}/apply/"
    assert boss.post(f"{PAGE}apply/", ASKED).headers["Location"] == answer.headers["Location"]
    text = boss.get(answer.headers["Location"]).content.decode()
    assert "凭积分申请：测试bank-a的预授信参考额度" in text
    filled = FILLED | {
        "amount": "20",
        "institutions": ["bank-a"],
        "number": draft.number,
        "product": "P1",
        "separately": ["9002"],
    }
    text = boss.post("/enterprise/requests/apply/", filled | {"act": "read"}).content.decode()
    form = filled | {name: hidden(text, name) for name in ("agreed", "language")} | {"act": "agree"}
    too_much = boss.post("/enterprise/requests/apply/", form | {"amount": "31"})
    assert (too_much.status_code, Order.objects.count()) == (422, 0)
    assert "超过测试bank-a的预授信参考额度 30 万元" in too_much.content.decode()
    assert boss.post("/enterprise/requests/apply/", form).status_code == 302
    order = Order.objects.get()
    assert (order.state, order.channel) == ("dispatched", "points")
    assert Precredit.objects.get().points == POINTS


def test_a_rule_that_changed_is_said_and_nothing_begun(boss: Client) -> None:
    take_part(most=100_000)
    answer = boss.post(f"{PAGE}apply/", ASKED, follow=True)
    assert "您看到的第 1 版不再有效" in answer.content.decode()
    assert FinancingRequest.objects.count() == 0
