"""An institution sees a score under a consent that names it, and nowhere a trace of it without."""

from __future__ import annotations

import re

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jiahe.audit.models import AccessLog
from jiahe.consent.actions.revoke import revoke
from jiahe.consent.errors import WrongCategories
from jiahe.creditfile.models import Enterprise
from tests import people
from tests.consent.scene import COMPANY, TRADER, given, owner, terms
from tests.profiles.files import SEPARATE, hold
from tests.scoring.told import settle_score, tell

pytestmark = pytest.mark.django_db(databases="__all__")
FILE = f"/bank/enterprises/{COMPANY.uscc}/pre_loan/"
ASK = f"/bank/enterprises/{COMPANY.uscc}/ask/?purpose=pre_loan"
SCORE = "9001"


def _text(client: Client, page: str = FILE) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", client.get(page).content.decode())


def test_under_a_consent_that_names_it_dial_place_and_reasons_are_shown_in_one_reading(teller: Client) -> None:
    hold(SEPARATE, COMPANY.serial, {})
    settle_score()
    number = given(terms(categories=(SCORE,))).number
    text = _text(teller)
    for said in ('class="dial__score">712<', "前 12.4 %", "第 87 / 703 家", "最近养老参保人数：46 人"):
        assert said in text
    row = AccessLog.objects.get()
    assert (SCORE in row.categories, row.consents, row.records) == (True, [number], 1)


def test_the_score_costs_two_questions(teller: Client) -> None:
    hold(SEPARATE, COMPANY.serial, {})
    settle_score()
    given(terms(categories=(SCORE, SEPARATE)))
    _text(teller)
    with CaptureQueriesContext(connection) as asked:
        _text(teller)
    assert len([q for q in asked if "scoring_" in q["sql"]]) == 2


def test_without_it_nothing_but_the_way_to_ask(teller: Client) -> None:
    hold(SEPARATE, COMPANY.serial, {})
    settle_score()
    given(terms(categories=(SEPARATE,)))
    text = _text(teller)
    assert "dial__score" not in text
    assert f'href="{ASK.replace("&", "&amp;")}&amp;category={SCORE}"' in text
    assert "信用评分与行业排名" in text
    assert SCORE in AccessLog.objects.get().withheld


def test_no_page_of_the_institution_differs_by_a_score_it_may_not_see(teller: Client) -> None:
    hold(SEPARATE, COMPANY.serial, {})
    given(terms(categories=(SEPARATE,)))
    pages = (
        "/bank/",
        "/bank/consents/",
        f"/bank/enterprises/?q={COMPANY.uscc}",
        FILE,
        f"{FILE}operations/",
        f"{FILE}categories/{SEPARATE}/",
        ASK,
        "/bank/orders/",
        "/bank/pool/",
        "/marketplace/",
    )
    with transaction.atomic():  # the first reading leaves no use behind
        before = [_text(teller, page) for page in pages]
        transaction.set_rollback(True)
    settle_score()
    assert [_text(teller, page) for page in pages] == before


def test_a_revoked_consent_stops_the_next_reading(teller: Client) -> None:
    hold(SEPARATE, COMPANY.serial, {})
    settle_score()
    number = given(terms(categories=(SCORE,))).number
    assert "dial__score" in _text(teller)
    revoke(actor=owner(), number=number)
    assert "dial__score" not in _text(teller)


def test_a_sole_traders_score_needs_the_written_consent(teller: Client) -> None:
    hold(SEPARATE, COMPANY.serial, {})
    settle_score()
    settle_trader()
    with pytest.raises(WrongCategories):
        given(terms(categories=(SCORE,)), by=TRADER)
    file = f"/bank/enterprises/{TRADER.uscc}/pre_loan/"
    assert "dial__score" not in _text(teller, file)
    assert "category=9001&amp;written=on" in _text(teller, file)
    given(terms(categories=(SCORE,), written=True), by=TRADER)
    assert "dial__score" in _text(teller, file)


def settle_trader() -> None:
    Enterprise.objects.create(serial=TRADER.serial, uscc=TRADER.uscc, name="甲2", kind=TRADER.kind)
    people.representative("owner-2", TRADER.uscc)
    tell(TRADER.serial)
