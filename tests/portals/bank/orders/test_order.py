"""One order through its page: every step, who may take it, and what a refusal leaves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jiahe.audit.models import Entry
from jiahe.consent.models import Consent
from jiahe.financing.actions import choose, work
from jiahe.financing.actions.evaluate import evaluate
from jiahe.financing.enums import Mode
from jiahe.financing.models import Event, Offer, Order, Tranche
from jiahe.notify.models import Message
from tests.consent.scene import COMPANY, owner
from tests.financing.scene import by, draft, grabbed, offered, submitted

Enter = Callable[[str], Client]
HTMX = {"HX-Request": "true"}
OFFER = {
    "amount": "80",
    "term_months": "12",
    "rate": "3.85",
    "guarantees": ["credit"],
    "repayment": "interest_first",
    "valid_until": "2026-12-31",
}
SIGNED = {"contract": "HT-1", "amount": "80", "first_loan": "yes", "evidence": "credit_system"}
REASON = {"reason": "debt", "text": "负债率高于产品要求"}


def counts() -> tuple[int, ...]:
    """What a refusal leaves as it was."""
    return tuple(model.objects.count() for model in (Order, Offer, Tranche, Event, Entry, Message, Consent))


def take(client: Client, order: Order, step: str, typed: Mapping[str, object] | None = None, **headers: str) -> int:
    return client.post(f"/bank/orders/{order.number}/{step}/", typed or {}, headers=headers).status_code


def state(order: Order) -> str:
    order.refresh_from_db()
    return order.state


def test_from_the_grab_to_the_money_by_the_page_alone(teller: Client) -> None:
    order = grabbed(submitted())
    for step, typed, after in [
        ("contact", {}, "diligence"),
        ("ask-more", {"wanted": "近三年财务报表"}, "more_wanted"),
    ]:
        assert (take(teller, order, step, typed), state(order)) == (302, after)
    assert order.wanted == "近三年财务报表"
    work.supply(actor=owner(), number=order.number)
    assert (take(teller, order, "review"), state(order)) == (302, "review")
    assert (take(teller, order, "offer", OFFER), state(order)) == (302, "approved")
    made = order.offer
    assert (made.amount, made.rate, made.guarantees, made.lpr_term) == (
        Decimal(800_000),
        Decimal("3.85"),
        ["credit"],
        "",
    )
    assert f"{made.valid_until:%Y-%m-%d %H:%M:%S}" == "2026-12-31 15:59:59"
    choose.choose(actor=owner(), number=order.number)
    assert (take(teller, order, "sign", SIGNED), state(order)) == (302, "signed")
    assert (order.contract_number, order.contract_amount, order.first_loan, order.unsecured) == (
        "HT-1",
        Decimal(800_000),
        True,
        True,
    )
    paid = {"amount": "30", "paid_on": "2026-11-25", "voucher": "1"}
    assert (take(teller, order, "disburse", paid), state(order)) == (302, "disbursed")
    assert list(order.tranches.values_list("amount", "paid_on")) == [(Decimal(300_000), date(2026, 11, 25))]
    assert (take(teller, order, "complete"), state(order)) == (302, "repaying")
    assert (take(teller, order, "close"), state(order)) == (302, "closed")


def test_what_was_handed_out_is_accepted_and_opens_the_profile(teller: Client) -> None:
    order = submitted(draft(Mode.DIRECTED), "bank-a").orders.get()
    answer = teller.post(f"/bank/orders/{order.number}/accept/")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/bank/enterprises/{COMPANY.uscc}/pre_loan/")
    assert (state(order), order.manager_id) == ("accepted", by("manager-bank-a").user_id)


@pytest.mark.parametrize(("step", "after"), [("refuse", "refused"), ("return", "returned")])
def test_an_order_ends_with_a_reason_and_a_sentence(teller: Client, step: str, after: str) -> None:
    order = grabbed(submitted())
    before = counts()
    for typed in ({}, REASON | {"text": " "}, REASON | {"reason": "none"}):
        assert take(teller, order, step, typed) == 422
    assert counts() == before
    assert (take(teller, order, step, dict(REASON)), state(order)) == (302, after)
    assert (order.reason, order.reason_text) == ("debt", "负债率高于产品要求")
    shown = teller.get(f"/bank/orders/{order.number}/").content.decode()
    assert "负债偏高：负债率高于产品要求" in shown
    assert f"/bank/orders/{order.number}/review/" not in shown


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_step_that_comes_too_late_says_so_and_changes_nothing(teller: Client, headers: dict[str, str]) -> None:
    order = grabbed(submitted())
    before = counts()
    answer = teller.post(f"/bank/orders/{order.number}/review/", headers=headers)
    assert answer.status_code == 409
    assert f"{order.number}现为“已受理”，不能办理此事：请刷新后查看。" in answer.content.decode()
    assert counts() == before


def test_htmx_gets_the_order_alone_with_what_was_done(teller: Client) -> None:
    order = grabbed(submitted())
    answer = teller.post(f"/bank/orders/{order.number}/contact/", headers=HTMX)
    shown = answer.content.decode()
    assert (answer.status_code, "<html" in shown, "已办理。" in shown) == (200, False, True)
    assert 'id="order"' in shown


@pytest.mark.parametrize(
    "wrong",
    [
        {"rate": ""},
        {"rate": "40"},
        {"amount": "0"},
        {"amount": "八十"},
        {"guarantees": []},
        {"guarantees": ["gold"]},
        {"repayment": "never"},
        {"valid_until": "2026-11-24"},
        {"term_months": "0"},
        {"spread_bp": "10"},
    ],
)
def test_an_offer_that_cannot_be_is_not_made(teller: Client, wrong: Mapping[str, object]) -> None:
    order = grabbed(submitted())
    for step in ("contact", "review"):
        take(teller, order, step)
    before = counts()
    assert take(teller, order, "offer", {**OFFER, **wrong}) == 422
    assert (counts(), state(order)) == (before, "review")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ({"rate": "", "lpr_term": "1Y", "spread_bp": "60"}, ("3.600", "1Y", 60)),
        ({"rate": "3.65", "lpr_term": "1Y"}, ("3.650", "1Y", 65)),
        ({"rate": "3.65", "lpr_term": "5Y", "spread_bp": "15"}, ("3.650", "5Y", 15)),
        ({"rate": "3.65"}, ("3.650", "", None)),
    ],
)
def test_rate_and_spread_follow_from_each_other(
    teller: Client, monkeypatch: pytest.MonkeyPatch, typed: dict[str, str], kept: tuple[str, str, int | None]
) -> None:
    monkeypatch.setenv("JIAHE_NOW", "2025-06-10T10:00")
    order = _reviewed(teller)
    assert take(teller, order, "offer", {**OFFER, "valid_until": "", **typed}) == 302
    made = Offer.objects.get()
    assert (str(made.rate), made.lpr_term, made.spread_bp) == kept
    assert made.lpr_on == (date(2025, 5, 20) if made.lpr_term else None)


def test_a_rate_and_a_spread_that_do_not_agree_are_refused(teller: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIAHE_NOW", "2025-06-10T10:00")
    order = _reviewed(teller)
    typed = OFFER | {"valid_until": "", "rate": "3.65", "lpr_term": "1Y", "spread_bp": "60"}
    answer = teller.post(f"/bank/orders/{order.number}/offer/", typed)
    assert (answer.status_code, Offer.objects.count()) == (422, 0)
    assert "与 LPR 3.00 % 相差 65 个基点，与所填加点不符：请只填其一。" in answer.content.decode()


def test_where_the_lpr_is_not_known_a_spread_makes_no_rate(teller: Client) -> None:
    order = _reviewed(teller)
    assert take(teller, order, "offer", OFFER | {"rate": "", "lpr_term": "1Y", "spread_bp": "60"}) == 422
    assert take(teller, order, "offer", OFFER | {"lpr_term": "1Y", "spread_bp": "60"}) == 302
    made = Offer.objects.get()
    assert (made.rate, made.lpr_term, made.spread_bp, made.lpr_on) == (Decimal("3.85"), "1Y", 60, None)


def _reviewed(client: Client) -> Order:
    order = grabbed(submitted())
    for step in ("contact", "review"):
        take(client, order, step)
    return order


def test_no_more_money_than_the_contract_says(teller: Client) -> None:
    order = offered(grabbed(submitted()))
    choose.choose(actor=owner(), number=order.number)
    assert take(teller, order, "sign", SIGNED | {"evidence": ""}) == 422
    take(teller, order, "sign", dict(SIGNED))
    before = counts()
    for typed in ({"amount": "81", "voucher": "1"}, {"amount": "0", "voucher": "1"}, {"amount": "8", "voucher": ""}):
        assert take(teller, order, "disburse", {"paid_on": "2026-11-25"} | typed) == 422
    assert counts() == before


STEPS = (
    "accept",
    "contact",
    "ask-more",
    "review",
    "offer",
    "sign",
    "disburse",
    "complete",
    "close",
    "default",
    "refuse",
    "return",
)


@pytest.mark.parametrize("login", ["manager-bank-b", "head-bank-b", "colleague-bank-a"])
def test_to_those_it_does_not_concern_there_is_no_such_order(enter: Enter, login: str) -> None:
    order = grabbed(submitted())
    client, before = enter(login), counts()
    addresses = [f"/bank/orders/{number}/" for number in (order.number, "DD0")]
    pages = [client.get(address) for address in addresses]
    assert [page.status_code for page in pages] == [404, 404]
    assert pages[0].content.decode().replace(order.number, "DD0") == pages[1].content.decode()
    for step in (*STEPS, "phone"):
        assert take(client, order, step, dict(REASON)) == 404
    assert counts() == before


def test_there_is_no_such_step(teller: Client) -> None:
    assert take(teller, grabbed(submitted()), "choose") == 404


def test_those_above_may_act_and_give_the_order_to_another(enter: Enter) -> None:
    order = grabbed(submitted())
    branch = enter("branch-bank-a")
    assert (take(branch, order, "contact"), state(order)) == (302, "diligence")
    other = str(by("colleague-bank-a").user_id)
    before = counts()
    for manager, status in (("", 422), (str(by("manager-bank-b").user_id), 422)):
        assert take(branch, order, "reassign", {"manager": manager}) == status
    assert take(enter("manager-bank-a"), order, "reassign", {"manager": other}) == 403
    assert (counts(), order.manager_id) == (before, by("manager-bank-a").user_id)
    assert take(branch, order, "reassign", {"manager": other}) == 302
    order.refresh_from_db()
    assert order.manager_id == by("colleague-bank-a").user_id


def test_the_phone_is_shown_on_demand_and_the_journal_says_so(teller: Client) -> None:
    order = grabbed(submitted())
    page = teller.get(f"/bank/orders/{order.number}/").content.decode()
    assert "13800138000" not in page
    for headers in ({}, HTMX):
        told = teller.post(f"/bank/orders/{order.number}/phone/", headers=headers).content.decode()
        assert "13800138000" in told
        assert "财务" in told
    assert Entry.objects.filter(action="order.phone", subject=f"order:{order.number}").count() == 2


def test_the_page_shows_what_the_enterprise_thought(teller: Client) -> None:
    order = grabbed(submitted())
    take(teller, order, "refuse", dict(REASON))
    evaluate(actor=owner(), number=order.number, score=2, tags=["slow"], text="等了两周")
    shown = teller.get(f"/bank/orders/{order.number}/").content.decode()
    for said in ("2 分（满分 5 分）", "办理慢", "等了两周"):
        assert said in shown


def test_the_page_asks_a_fixed_number_of_queries(teller: Client) -> None:
    order = grabbed(submitted())
    address = f"/bank/orders/{order.number}/"
    teller.get(address)
    with CaptureQueriesContext(connection) as few:
        teller.get(address)
    event = Event.objects.filter(order=order)[0]
    for _ in range(30):
        event.pk = None
        event.save(force_insert=True)
    with CaptureQueriesContext(connection) as many:
        teller.get(address)
    assert (len(few), len(many)) == (QUERIES, QUERIES)


QUERIES = 12
