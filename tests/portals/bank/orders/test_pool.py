"""The pool as its reader finds it, and the grab."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jiahe.audit.models import AccessLog, Entry
from jiahe.consent.models import Consent
from jiahe.financing.models import Event, FinancingRequest, Order
from jiahe.notify.models import Message
from tests.consent.scene import COMPANY
from tests.financing.scene import draft, grabbed, submitted
from tests.profiles.files import hold

Enter = Callable[[str], Client]
POOL = "/bank/pool/"
NAMED = {"amount": "90", "rate": "3.9"}
HTMX = {"HX-Request": "true"}


def counts() -> tuple[int, ...]:
    """What a refusal leaves as it was."""
    return tuple(model.objects.count() for model in (Order, Event, Entry, Message, Consent))


def numbers(text: str) -> list[str]:
    return re.findall(rf'action="{POOL}(XQ\w+)/claim/"', text)


def text(client: Client, **asked: str) -> str:
    return str(client.get(POOL, asked).content.decode())


def test_a_card_says_what_was_previewed_and_no_more(teller: Client) -> None:
    request = submitted(draft(size="small"))
    shown = text(teller)
    assert numbers(shown) == [request.number]
    for said in (
        "100 <",
        "12 个月",
        "日常经营周转",
        "信用",
        "嘉善县",
        "纺织业 C17",
        "小型",
        "还有 3 个名额",
        "剩 2 个工作日",
    ):
        assert said in shown
    for hidden in (COMPANY.uscc, "甲公司", "13800138000", "财务"):
        assert hidden not in shown


@pytest.mark.django_db(databases="__all__")
def test_a_grab_opens_the_profile_under_the_consent(teller: Client) -> None:
    hold("0202", COMPANY.serial, {})
    request = submitted()
    answer = teller.post(f"{POOL}{request.number}/claim/", NAMED)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/bank/enterprises/{COMPANY.uscc}/pre_loan/")
    order = Order.objects.get()
    assert (order.indicated_amount, order.indicated_rate) == (Decimal(900_000), Decimal("3.9"))
    assert teller.get(answer.headers["Location"]).status_code == 200
    assert "0202" in AccessLog.objects.get().categories
    assert numbers(text(teller)) == []


def test_htmx_is_sent_to_the_profile(teller: Client) -> None:
    request = submitted()
    answer = teller.post(f"{POOL}{request.number}/claim/", NAMED, headers=HTMX)
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (200, f"/bank/enterprises/{COMPANY.uscc}/pre_loan/")


def test_who_comes_late_is_told_so_in_place_and_the_row_goes(teller: Client) -> None:
    request = submitted()
    for code in ("bank-b", "bank-c", "bank-d"):
        grabbed(request, code)
    before = counts()
    late = teller.post(f"{POOL}{request.number}/claim/", NAMED, headers=HTMX)
    assert late.status_code == 409
    said = "该需求的 3 个名额已于 11-25 10:00:00 满，未能接单：请看其他需求。"
    assert late.content.decode().strip() == f'<li class="note note--warn" role="alert">{said}</li>'
    whole = teller.post(f"{POOL}{request.number}/claim/", NAMED)
    assert (whole.status_code, said in whole.content.decode()) == (409, True)
    assert numbers(whole.content.decode()) == []
    assert counts() == before


@pytest.mark.parametrize(
    "typed", [{"amount": "", "rate": "3"}, {"amount": "0", "rate": "3"}, {"amount": "9", "rate": "99"}]
)
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_what_is_typed_wrong_is_said_in_the_card(
    teller: Client, typed: dict[str, str], headers: dict[str, str]
) -> None:
    request = submitted()
    before = counts()
    answer = teller.post(f"{POOL}{request.number}/claim/", typed, headers=headers)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert numbers(answer.content.decode()) == [request.number]
    assert counts() == before


def test_an_unknown_request_and_one_that_is_not_open_to_the_bank(teller: Client) -> None:
    request = submitted(None, "bank-b")
    before = counts()
    assert teller.post(f"{POOL}XQ0/claim/", NAMED).status_code == 404
    assert teller.post(f"{POOL}{draft().number}/claim/", NAMED).status_code == 404
    refused = teller.post(f"{POOL}{request.number}/claim/", NAMED)
    assert refused.status_code == 403
    assert "甲公司" not in refused.content.decode()
    assert counts() == before


def others() -> None:
    """More requests in the pool, made from one that is there."""
    one = FinancingRequest.objects.get()
    consent = Consent.objects.get(grantee__code="bank-a")
    for n, (amount, area, industry, kind) in enumerate(
        [(2_000_000, "330401", "C17", ["mortgage"]), (20_000_000, "330421", "F51", ["credit", "pledge"])]
    ):
        one.pk, one.number, one.amount = None, f"XQ{n}", amount
        one.area, one.industry, one.guarantees, one.term_months = area, industry, kind, 6 - n
        one.save(force_insert=True)
        consent.pk, consent.number, consent.subject_ref = None, f"SQ{n}", f"request:{one.number}"
        consent.uscc = f"U{n}"
        consent.save(force_insert=True)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["first", "XQ0", "XQ1"]),
        ({"amount": "small"}, ["first"]),
        ({"amount": "middle"}, ["XQ0"]),
        ({"amount": "largest"}, ["XQ1"]),
        ({"county": "330421"}, ["first", "XQ1"]),
        ({"industry": "C17"}, ["first", "XQ0"]),
        ({"guarantee": "credit"}, ["first", "XQ1"]),
        ({"guarantee": "mortgage"}, ["XQ0"]),
        ({"sort": "amount"}, ["XQ1", "XQ0", "first"]),
        ({"sort": "term"}, ["XQ1", "XQ0", "first"]),
        ({"county": "110000"}, ["first", "XQ0", "XQ1"]),
    ],
)
def test_filters_and_orders(teller: Client, asked: dict[str, str], found: list[str]) -> None:
    first = submitted().number
    others()
    assert [n.replace(first, "first") for n in numbers(text(teller, **asked))] == found


def test_htmx_gets_the_cards_alone(teller: Client) -> None:
    submitted()
    part = teller.get(POOL, headers=HTMX).content.decode()
    assert part.lstrip().startswith('<div class="panel" id="pool">')
    assert "<html" in teller.get(POOL, headers=HTMX | {"HX-History-Restore-Request": "true"}).content.decode()


def test_thirty_requests_take_no_more_queries_than_one(teller: Client) -> None:
    submitted()
    assert _queries(teller) == QUERIES
    one, consent = FinancingRequest.objects.get(), Consent.objects.get(grantee__code="bank-a")
    for n in range(29):
        one.pk, one.number = None, f"XQ{n}"
        one.save(force_insert=True)
        consent.pk, consent.number, consent.subject_ref, consent.uscc = None, f"SQ{n}", f"request:XQ{n}", f"U{n}"
        consent.save(force_insert=True)
    assert _queries(teller) == QUERIES
    assert len(numbers(text(teller))) == 20
    assert len(numbers(text(teller, page="2"))) == 10


def _queries(client: Client) -> int:
    client.get(POOL)
    with CaptureQueriesContext(connection) as asked:
        client.get(POOL)
    return len(asked)


QUERIES = 6
