"""An institution's own consents, and the workbench."""

from __future__ import annotations

import json
import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jiahe.consent.actions.ask import ask
from jiahe.consent.actions.revoke import revoke
from jiahe.consent.models import Consent
from tests.consent.scene import COMPANY, OTHER, given, manager, monthly, owner, terms

pytestmark = pytest.mark.django_db
PAGE = "/bank/consents/"


def test_lists_hold_what_is_in_force_what_is_asked_and_what_is_over(teller: Client) -> None:
    live, asked, over = given(monthly()), ask(actor=manager(), uscc=OTHER.uscc, terms=terms()), given()
    revoke(actor=owner(), number=over.number)
    found = {name: _numbers(teller.get(PAGE, {"list": name}).content.decode()) for name in ("live", "asked", "past")}
    assert found == {"live": [live.number], "asked": [asked.number], "past": [over.number]}


def _numbers(text: str) -> list[str]:
    return re.findall(rf'href="{PAGE}(SQ\w+)/"', text)


def test_a_request_waits_for_the_enterprise_and_not_for_the_reader(teller: Client) -> None:
    asked = ask(actor=manager(), uscc=COMPANY.uscc, terms=terms())
    text = teller.get(f"{PAGE}{asked.number}/").content.decode()
    assert "待企业决定" in text
    assert "待您决定" not in text


@pytest.mark.parametrize("step", ["", "renew/", "signed.json"])
def test_another_banks_consent_answers_like_one_that_does_not_exist(teller: Client, step: str) -> None:
    others = given(to="bank-b").number
    ask_for = teller.post if step == "renew/" else teller.get
    pages = [ask_for(f"{PAGE}{number}/{step}") for number in (others, "SQ0")]
    assert [p.status_code for p in pages] == [404, 404]
    assert pages[0].content.decode().replace(others, "SQ0") == pages[1].content.decode()
    assert Consent.objects.count() == 1


def test_asking_again_proposes_the_same_terms(teller: Client) -> None:
    number = given(monthly()).number
    text = teller.post(f"{PAGE}{number}/renew/", follow=True).content.decode()
    assert "已向企业请求授权，结果会在消息里告知。" in text
    asked = Consent.objects.get(state="requested")
    assert (asked.categories, asked.per_month) == (["0201", "0202"], 5)
    again = teller.post(f"{PAGE}{number}/renew/", follow=True).content.decode()
    assert "贵机构已就同一用途向该企业请求授权，企业尚未决定：请等待企业答复。" in again
    assert Consent.objects.count() == 2


def test_the_signed_file_is_the_consents_own(teller: Client) -> None:
    number = given().number
    assert json.loads(teller.get(f"{PAGE}{number}/signed.json").content)["consent"]["number"] == number


def test_the_workbench_shows_what_runs_out_and_what_waits(teller: Client) -> None:
    text = teller.get("/bank/").content.decode()
    assert "即将到期" not in text
    given(terms(valid_until=terms().valid_from.replace(day=28)))
    ask(actor=manager(), uscc=OTHER.uscc, terms=terms())
    text = teller.get("/bank/").content.decode()
    assert "即将到期" in text
    assert "待企业决定" in text
    assert f'href="/bank/enterprises/{COMPANY.uscc}/pre_loan/"' in text


def test_thirty_consents_take_no_more_queries_than_one(
    teller: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    given()
    teller.get(PAGE)
    with django_assert_num_queries(QUERIES):
        teller.get(PAGE)
    one = Consent.objects.get()
    for n in range(29):
        one.pk, one.number, one.purpose, one.subject_ref = None, f"SQ{n}", f"p{n}", ""
        one.save(force_insert=True)
    with django_assert_num_queries(QUERIES):
        text = teller.get(PAGE).content.decode()
    assert len(_numbers(text)) == 20


QUERIES = 5
