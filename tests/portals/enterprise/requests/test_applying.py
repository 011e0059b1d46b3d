"""Apply and authorise on one page, and the draft that is kept on the way."""

from __future__ import annotations

import hashlib
import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from jiahe.consent.models import Consent
from jiahe.financing.models import FinancingRequest, Order
from tests.consent.scene import OTHER
from tests.financing.scene import draft, submitted
from tests.people import representative, sign_in
from tests.products.shelf import on_shelf

pytestmark = pytest.mark.django_db

PLACE = "/enterprise/requests/"
FILLED: dict[str, Any] = {
    "amount": "100",
    "term_months": "12",
    "purpose": "working_capital",
    "guarantees": ["credit"],
    "size": "small",
    "first_loan": "yes",
    "contact": "财务",
    "phone": "138 0013 8000",
    "own_application": "on",
    "institutions": ["bank-a", "bank-b", "bank-c"],
    "together": "1",
    "separately": ["0202"],
}


def hidden(text: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', text)
    return found[1] if found else ""


def read(boss: Client, **changes: Any) -> dict[str, Any]:
    """What the form holds when the words stand under it."""
    text = boss.post(f"{PLACE}apply/", FILLED | changes | {"act": "read"}).content.decode()
    return FILLED | changes | {name: hidden(text, name) for name in ("number", "agreed", "language")}


def test_a_new_form_ticks_no_category_and_every_institution(boss: Client) -> None:
    text = boss.get(f"{PLACE}new/?open").content.decode()
    ticked = re.findall(r'<input type="checkbox" name="(\w+)" value="([^"]+)" checked>', text)
    assert ticked == [("institutions", f"bank-{one}") for one in "abcd"]
    assert "申请并授权</button>" not in text
    assert FinancingRequest.objects.count() == 0


def test_fill_read_agree(boss: Client) -> None:
    form = read(boss)
    request = FinancingRequest.objects.get()
    assert (request.state, request.amount, request.first_loan, request.mode) == (
        "draft",
        Decimal(1_000_000),
        True,
        "grab",
    )
    answer = boss.post(f"{PLACE}apply/", form | {"act": "agree"})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{PLACE}{request.number}/")
    request.refresh_from_db()
    assert request.state == "open"
    given = Consent.objects.order_by("pk")
    assert [(one.grantee.code, one.state) for one in given] == [(f"bank-{one}", "pending") for one in "abc"]
    assert "0202" in given[0].categories
    assert "0203" not in given[0].categories
    assert hashlib.sha256(given[0].text.encode()).hexdigest() == form["agreed"]


def test_other_words_than_those_read_are_not_agreed_to(boss: Client) -> None:
    form = read(boss)
    answer = boss.post(f"{PLACE}apply/", form | {"separately": ["0202", "0203"], "act": "agree"})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "授权内容与您读到的不同" in text
    assert hidden(text, "agreed") not in ("", form["agreed"])
    assert (FinancingRequest.objects.get().state, Consent.objects.count()) == ("draft", 0)


@pytest.mark.parametrize(
    ("changes", "status", "said"),
    [
        ({"amount": ""}, 422, "请填写金额。"),
        ({"amount": "99999999"}, 422, "不能超过 10000000。"),
        ({"amount": "-1"}, 422, "不能小于 0.0001。"),
        ({"amount": "三百"}, 422, "请填写数字。"),
        ({"phone": "12"}, 422, "手机号"),
        ({"together": "", "separately": []}, 422, "请至少勾选一类信息"),
        ({"institutions": []}, 422, "请至少保留一家机构。"),
    ],
)
def test_what_is_wrong_is_said_and_the_rest_is_kept(
    boss: Client, changes: dict[str, Any], status: int, said: str
) -> None:
    answer = boss.post(f"{PLACE}apply/", FILLED | changes | {"act": "read"})
    assert (answer.status_code, said in answer.content.decode()) == (status, True)
    kept = FinancingRequest.objects.get()
    assert (kept.state, kept.term_months, kept.purpose) == ("draft", 12, "working_capital")


def test_it_must_apply_itself(boss: Client) -> None:
    form = read(boss, own_application="")
    answer = boss.post(f"{PLACE}apply/", form | {"act": "agree"})
    assert (answer.status_code, "请确认由本企业自行申请" in answer.content.decode()) == (422, True)
    assert (FinancingRequest.objects.get().state, Consent.objects.count()) == ("draft", 0)


def test_what_changes_on_the_page_is_kept_at_once_as_one_draft(boss: Client) -> None:
    first = boss.post(f"{PLACE}apply/", {"amount": "50", "act": "keep"}, headers={"HX-Request": "true"})
    number = FinancingRequest.objects.get().number
    assert (first.status_code, first.headers["HX-Replace-Url"]) == (200, f"{PLACE}{number}/apply/")
    assert first.content.decode().startswith('<div class="apply" id="agreement">')
    boss.post(f"{PLACE}apply/", FILLED | {"number": number, "act": "keep"})
    assert [(one.number, one.amount) for one in FinancingRequest.objects.all()] == [(number, Decimal(1_000_000))]
    text = boss.get(f"{PLACE}{number}/apply/").content.decode()
    assert 'value="13800138000"' in text
    assert 'name="together" value="1">' in text
    assert number in boss.get(PLACE).content.decode()
    boss.post(f"{PLACE}{number}/drop/")
    assert FinancingRequest.objects.count() == 0


def test_from_a_product_it_goes_to_its_institution(boss: Client) -> None:
    on_shelf("P1", institution="bank-b", variant={"amount_to": 3_000_000})
    text = boss.get(f"{PLACE}new/?product=P1").content.decode()
    assert "向测试bank-b申请，申请与授权一次完成。" in text
    form = read(boss, product="P1", institutions=["bank-b"])
    boss.post(f"{PLACE}apply/", form | {"act": "agree"})
    order = Order.objects.get()
    assert (order.institution.code, order.state, order.request.mode) == ("bank-b", "dispatched", "directed")
    assert boss.get(f"{PLACE}new/?product=P2").status_code == 404


def test_what_goes_beyond_the_product_is_said(boss: Client) -> None:
    on_shelf("P1", institution="bank-b", variant={"amount_to": 500_000})
    form = read(boss, product="P1", institutions=["bank-b"])
    answer = boss.post(f"{PLACE}apply/", form | {"act": "agree"})
    assert (answer.status_code, "500,000" in answer.content.decode()) == (422, True)
    assert (FinancingRequest.objects.get().state, Order.objects.count()) == ("draft", 0)


def test_who_does_not_decide_may_fill_in_and_not_send(clerk: Client) -> None:
    form = read(clerk)
    text = clerk.post(f"{PLACE}apply/", form | {"act": "read"}).content.decode()
    assert "由企业管理员或法定代表人确认" in text
    assert 'value="agree"' not in text
    assert clerk.post(f"{PLACE}apply/", form | {"act": "agree"}).status_code == 403
    assert FinancingRequest.objects.get().state == "draft"


def test_a_request_that_was_sent_is_not_filled_in_again(boss: Client) -> None:
    request = submitted()
    for answer in (
        boss.get(f"{PLACE}{request.number}/apply/"),
        boss.post(f"{PLACE}apply/", FILLED | {"number": request.number, "act": "agree"}),
    ):
        assert (answer.status_code, answer.headers["Location"]) == (302, f"{PLACE}{request.number}/")


def test_the_draft_of_another_enterprise_is_not_there(client: Client) -> None:
    number = draft().number
    sign_in(client, representative("owner-3", OTHER.uscc))
    for path in (f"{PLACE}{number}/apply/", f"{PLACE}XQ0/apply/"):
        assert client.get(path).status_code == 404
    assert client.post(f"{PLACE}{number}/drop/").status_code == 404
    assert FinancingRequest.objects.count() == 1
