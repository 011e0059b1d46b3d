"""A request from the first click to the money, and what stands in the way."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jiahe.accounts.errors import LineEmpty
from jiahe.audit.models import Entry
from jiahe.consent.models import Consent
from jiahe.consent.terms import State
from jiahe.financing import errors
from jiahe.financing.actions import choose, decide, expire, sign, work
from jiahe.financing.actions.claim import claim
from jiahe.financing.actions.draft import change, drop
from jiahe.financing.actions.evaluate import evaluate
from jiahe.financing.actions.hand_out import dispatch
from jiahe.financing.actions.reassign import hand_over, reassign
from jiahe.financing.enums import Mode
from jiahe.financing.models import Event, FinancingRequest, Order
from jiahe.financing.names import names
from jiahe.financing.queries.pool import card, pool
from jiahe.kit import clock
from jiahe.kit.actor import Actor
from jiahe.notify.models import Message
from tests.consent.scene import owner
from tests.financing.scene import OFFERED, SYSTEM, by, draft, grabbed, manager, offered, settle, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIAHE_NOW", "2026-11-25T10:00")
    settle()


def counts() -> tuple[int, ...]:
    """What a refusal leaves as it was."""
    return tuple(model.objects.count() for model in (FinancingRequest, Order, Event, Entry, Message, Consent))


def states(request: FinancingRequest) -> tuple[str, dict[str, str]]:
    request.refresh_from_db()
    return request.state, dict(request.orders.order_by("pk").values_list("institution__code", "state"))


def test_from_one_click_to_the_money() -> None:
    request = submitted()
    assert request.state == "open"
    assert Consent.objects.filter(state=State.PENDING).count() == 4
    orders = [grabbed(request, code) for code in ("bank-a", "bank-b", "bank-c")]
    assert states(request) == ("underway", dict.fromkeys(("bank-a", "bank-b", "bank-c"), "accepted"))
    assert Consent.objects.filter(state=State.ACTIVE).count() == 3
    for order in orders[:2]:
        offered(order)
    choose.choose(actor=owner(), number=orders[0].number)
    assert states(request) == ("agreed", {"bank-a": "agreed", "bank-b": "declined", "bank-c": "withdrawn"})
    assert list(Consent.objects.order_by("pk").values_list("state", flat=True)) == [
        "active",
        "used_up",
        "used_up",
        "void",
    ]
    who, number = manager(), orders[0].number
    sign.sign(
        actor=who, number=number, contract="HT-1", amount=Decimal(800_000), first_loan=True, evidence="credit_system"
    )
    today = date(2026, 11, 25)
    sign.disburse(actor=who, number=number, amount=Decimal(300_000), paid_on=today, voucher="1")
    assert states(request)[1]["bank-a"] == "disbursed"
    sign.disburse(actor=who, number=number, amount=Decimal(500_000), paid_on=today, voucher="2")
    assert states(request) == ("closed", {"bank-a": "repaying", "bank-b": "declined", "bank-c": "withdrawn"})
    order = Order.objects.get(number=number)
    assert (order.unsecured, order.first_loan, order.first_loan_evidence, order.due_at) == (
        True,
        True,
        "credit_system",
        None,
    )
    assert Consent.objects.filter(state=State.ACTIVE).count() == 0
    assert evaluate(actor=owner(), number=number, score=5, tags=["clear", "fast"]).tags == ["fast", "clear"]
    sign.close(actor=who, number=number)
    assert states(request)[1]["bank-a"] == "closed"


def test_an_application_to_a_product_waits_for_its_institution_to_accept_it() -> None:
    request = submitted(draft(Mode.DIRECTED), "bank-b")
    order = request.orders.get()
    assert (request.state, order.state, order.manager, order.branch and order.branch.name) == (
        "underway",
        "dispatched",
        None,
        "嘉善支行",
    )
    with pytest.raises(errors.NoSuchOrder):
        work.accept(actor=manager("bank-a"), number=order.number)
    accepted = work.accept(actor=manager("bank-b"), number=order.number)
    assert (accepted.state, accepted.manager_id) == ("accepted", manager("bank-b").user_id)
    consent = Consent.objects.get()
    assert (consent.state, consent.subject_ref) == ("active", f"order:{order.number}")


def test_the_institution_s_clock_stands_while_the_enterprise_owes_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    order = grabbed(submitted())
    who = manager()
    work.contacted(actor=who, number=order.number)
    due = Order.objects.get().due_at
    asked = work.ask_more(actor=who, number=order.number, wanted="近三年财务报表")
    assert asked.due_at is not None
    assert (asked.stopped_at, asked.left_due_at, asked.wanted) == (clock.now(), due, "近三年财务报表")
    monkeypatch.setenv("JIAHE_NOW", "2026-11-27T10:00")
    answered = work.supply(actor=owner(), number=order.number)
    assert due is not None
    assert (answered.state, answered.due_at, answered.stopped_at) == ("diligence", due + timedelta(days=2), None)


def test_who_comes_late_is_told_since_when_and_leaves_no_trace() -> None:
    request = submitted()
    for code in ("bank-a", "bank-b", "bank-c"):
        grabbed(request, code)
    before = counts()
    with pytest.raises(errors.NoPlaceLeft) as late:
        grabbed(request, "bank-d")
    assert late.value.facts == {"places": 3, "since": "11-25 10:00:00"}
    with pytest.raises(errors.TakenByColleagues) as colleague:
        claim(actor=by("colleague-bank-a"), number=request.number, amount=Decimal(1), rate=Decimal(3))
    assert "测试人员" in colleague.value.sentence
    assert counts() == before


def test_a_win_takes_few_statements_and_coming_late_one() -> None:
    request = submitted()
    grabbed(request, "bank-a")
    second, third, late = (manager(code) for code in ("bank-b", "bank-c", "bank-d"))
    gate = connection.vendor == "postgresql"
    assert _statements(second, request) == _statements(third, request) == 11 + gate
    assert _statements(late, request) == 1


def _statements(actor: Actor, request: FinancingRequest) -> int:
    with CaptureQueriesContext(connection) as asked, suppress(errors.NoPlaceLeft):
        claim(actor=actor, number=request.number, amount=Decimal(900_000), rate=Decimal("3.9"))
    return sum("SAVEPOINT" not in (one["sql"] or "") for one in asked)


def test_a_request_is_open_only_to_those_it_names() -> None:
    request = submitted(None, "bank-a", "bank-b")
    assert [list(pool(actor=manager(code))) for code in ("bank-a", "bank-c")] == [[request], []]
    before = counts()
    with pytest.raises(errors.NotOpenToYou):
        grabbed(request, "bank-c")
    assert counts() == before
    request.refresh_from_db()
    assert request.taken == 0


def test_a_card_of_the_pool_says_what_was_previewed_and_no_more() -> None:
    request = submitted()
    assert vars(card(request)) == {
        "number": request.number,
        "amount": Decimal(1_000_000),
        "term_months": 12,
        "purpose": "working_capital",
        "guarantees": ("credit",),
        "area": "330421",
        "division": "C17",
        "size": "",
        "places_left": 3,
        "open_until": request.window_until,
    }


@pytest.mark.parametrize(
    ("facts", "failure", "said"),
    [
        ({"amount": None}, errors.Incomplete, "还不能提交，请先填写：金额。"),
        ({"phone": "", "purpose": ""}, errors.Incomplete, "还不能提交，请先填写：用途、联系电话。"),
        ({"own_application": False}, errors.NotOwnApplication, None),
    ],
)
def test_what_is_not_complete_is_not_sent(facts: dict[str, Any], failure: type[Exception], said: str | None) -> None:
    request = draft(**facts)
    before = counts()
    with pytest.raises(failure) as refused:
        submitted(request)
    assert said in (None, str(refused.value))
    assert counts() == before
    request.refresh_from_db()
    assert (request.state, request.submitted_at) == ("draft", None)


def test_the_same_request_does_not_go_out_twice() -> None:
    first = submitted()
    second = draft()
    with pytest.raises(errors.SameRequest) as same:
        submitted(second)
    assert same.value.facts == {"number": first.number}


def test_a_draft_is_changed_and_dropped_by_its_enterprise_alone() -> None:
    request = draft(amount=None)
    with pytest.raises(errors.NoSuchRequest):
        change(actor=manager(), number=request.number, amount=Decimal(5))
    assert change(actor=owner(), number=request.number, amount=Decimal(5)).amount == Decimal(5)
    drop(actor=owner(), number=request.number)
    assert FinancingRequest.objects.count() == 0


def test_a_refusal_has_a_reason_and_a_sentence() -> None:
    order = grabbed(submitted())
    before = counts()
    for reason, text in (("", "负债过高"), ("debt", " ")):
        with pytest.raises((errors.WrongValue, LineEmpty)):
            decide.refuse(actor=manager(), number=order.number, reason=reason, text=text)
    assert counts() == before
    refused = decide.refuse(actor=manager(), number=order.number, reason="debt", text="负债率高于产品要求")
    assert (refused.state, refused.reason, refused.reason_text) == ("refused", "debt", "负债率高于产品要求")
    assert Consent.objects.filter(state=State.USED_UP).count() == 1


def test_an_order_given_back_frees_its_place() -> None:
    request = submitted()
    order = grabbed(request)
    for code in ("bank-b", "bank-c"):
        grabbed(request, code)
    decide.give_back(actor=manager(), number=order.number, reason="no_quota", text="本月额度已满")
    request.refresh_from_db()
    assert (request.state, request.taken, request.dispatched, request.full_at) == ("open", 2, 1, None)
    assert grabbed(request, "bank-d").state == "accepted"
    with pytest.raises(errors.TakenByColleagues):
        grabbed(request, "bank-a")


def test_the_enterprise_takes_everything_back_until_it_has_agreed() -> None:
    request = submitted()
    orders = [grabbed(request, code) for code in ("bank-a", "bank-b")]
    offered(orders[1])
    choose.withdraw(actor=owner(), number=request.number)
    assert states(request) == ("withdrawn", {"bank-a": "withdrawn", "bank-b": "declined"})
    assert set(Consent.objects.values_list("state", flat=True)) == {"used_up", "void"}


def test_an_offer_that_has_ended_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    order = offered(grabbed(submitted()))
    monkeypatch.setenv("JIAHE_NOW", "2026-12-30T10:00")
    before = counts()
    with pytest.raises(errors.OfferEnded):
        choose.choose(actor=owner(), number=order.number)
    assert counts() == before
    expire.expire_order(actor=SYSTEM, number=order.number)
    ended = Order.objects.get()
    assert (ended.state, ended.offer.state) == ("expired", "expired")


def test_no_more_money_than_the_contract_and_each_voucher_once() -> None:
    order = offered(grabbed(submitted()))
    choose.choose(actor=owner(), number=order.number)
    who, number, today = manager(), order.number, date(2026, 11, 25)
    sign.sign(actor=who, number=number, contract="HT-1", amount=Decimal(100))
    sign.disburse(actor=who, number=number, amount=Decimal(60), paid_on=today, voucher="1")
    before = counts()
    with pytest.raises(errors.SameVoucher):
        sign.disburse(actor=who, number=number, amount=Decimal(10), paid_on=today, voucher="1")
    with pytest.raises(errors.BeyondContract):
        sign.disburse(actor=who, number=number, amount=Decimal(50), paid_on=today, voucher="2")
    with pytest.raises(errors.WrongValue):
        sign.disburse(actor=who, number=number, amount=Decimal(1), paid_on=date(2026, 11, 26), voucher="3")
    assert counts() == before


def test_mixed_guarantees_are_never_unsecured() -> None:
    order = grabbed(submitted())
    who = manager()
    work.contacted(actor=who, number=order.number)
    work.review(actor=who, number=order.number)
    decide.offer(actor=who, number=order.number, terms=replace(OFFERED, guarantees=("credit", "pledge")))
    choose.choose(actor=owner(), number=order.number)
    sign.sign(actor=who, number=order.number, contract="HT-1", amount=Decimal(100))
    assert Order.objects.get().unsecured is False


def test_an_officer_dispatches_to_an_institution_that_the_enterprise_named() -> None:
    request = submitted(None, "bank-a")
    with pytest.raises(errors.NotOpenToYou):
        dispatch(actor=by("supervisor"), number=request.number, institution="bank-b")
    order = dispatch(actor=by("supervisor"), number=request.number, institution="bank-a")
    assert (order.state, states(request)[0]) == ("dispatched", "underway")
    with pytest.raises(errors.NotYours):
        work.accept(actor=by("supervisor"), number=order.number)


def test_orders_go_to_a_colleague_by_those_above_only() -> None:
    order = grabbed(submitted())
    taker = by("colleague-bank-a").user_id
    assert taker is not None
    with pytest.raises(errors.NotYours):
        reassign(actor=manager(), number=order.number, manager=taker)
    with pytest.raises(errors.NoSuchManager):
        reassign(actor=by("branch-bank-a"), number=order.number, manager=by("manager-bank-b").user_id or 0)
    leaving = manager().user_id
    assert leaving is not None
    assert hand_over(actor=by("head-bank-a"), leaving=leaving, manager=taker) == 1
    assert Order.objects.get().manager_id == taker
    with pytest.raises(errors.NoSuchOrder):
        work.contacted(actor=manager(), number=order.number)


def test_a_window_with_takers_closes(monkeypatch: pytest.MonkeyPatch) -> None:
    taken = submitted()
    grabbed(taken)
    expire.close_window(actor=SYSTEM, number=taken.number)
    assert states(taken) == ("open", {"bank-a": "accepted"})
    monkeypatch.setenv("JIAHE_NOW", "2026-11-27T10:00")
    expire.close_window(actor=SYSTEM, number=taken.number)
    assert states(taken) == ("underway", {"bank-a": "accepted"})
    assert list(Consent.objects.order_by("pk").values_list("state", flat=True)) == ["active", "void", "void", "void"]


def test_an_institution_that_was_only_handed_a_request_is_not_told_whose_it_is() -> None:
    request = submitted(None, "bank-a")
    order = dispatch(actor=by("supervisor"), number=request.number, institution="bank-a")
    readers = (manager(), owner(), by("supervisor"))
    assert [names(reader, [order])[order.pk] for reader in readers] == ["受理后可见", "甲公司", "甲公司"]
    told = Message.objects.get(organisation="bank-a", template="pool.matching").facts
    assert (told["enterprise"], told["number"]) == ("", order.number)
    accepted = work.accept(actor=manager(), number=order.number)
    assert names(manager(), [accepted]) == {order.pk: "甲公司"}


def test_an_institution_that_the_enterprise_applied_to_is_told_at_once() -> None:
    order = submitted(draft(Mode.DIRECTED), "bank-b").orders.get()
    assert names(manager("bank-b"), [order]) == {order.pk: "甲公司"}


def test_institutions_are_told_of_what_is_open_to_them_and_not_whose_it_is() -> None:
    request = submitted(None, "bank-a", "bank-c")
    told = Message.objects.filter(template="pool.opened").order_by("organisation")
    assert [(one.organisation, one.link, one.facts) for one in told] == [
        (
            code,
            "/bank/pool/",
            {"number": request.number, "institution": "", "enterprise": "", "due": "2026-11-27 10:00"},
        )
        for code in ("bank-a", "bank-c")
    ]


def test_an_application_to_one_institution_is_no_news_for_the_pool() -> None:
    submitted(draft(Mode.DIRECTED), "bank-b")
    assert Message.objects.filter(template="pool.opened").count() == 0
