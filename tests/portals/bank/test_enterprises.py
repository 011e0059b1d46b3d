"""Look-up by whole code or name, the file under a purpose, asking; and nothing about any other institution."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from jiahe.audit.models import AccessLog
from jiahe.consent.models import Consent
from jiahe.creditfile.models import Enterprise
from jiahe.notify.models import Message
from tests.consent.scene import COMPANY, given, monthly, terms
from tests.profiles.files import OPEN, SEPARATE, hold

pytestmark = pytest.mark.django_db(databases="__all__")
HOME = "/bank/enterprises/"
FILE = f"{HOME}{COMPANY.uscc}/pre_loan/"
ASK = f"{HOME}{COMPANY.uscc}/ask/"
NUMBERS = {"days": 30, "lookback_months": 12, "data_life_days": 100}


@pytest.mark.parametrize("text", [COMPANY.uscc, COMPANY.uscc.lower(), "甲1", " 甲1 "])
def test_a_whole_code_or_name_finds_the_enterprise_and_asks_for_the_purpose(teller: Client, text: str) -> None:
    page = teller.get(HOME, {"q": text}).content.decode()
    assert f'href="{FILE}"' in page
    assert "尚无授权，只能查看公开信息" in page
    assert AccessLog.objects.count() == 0


@pytest.mark.parametrize("text", ["甲", COMPANY.uscc[:17], "9133", "%"])
def test_part_of_a_name_or_code_finds_nothing(teller: Client, text: str) -> None:
    assert f"没有代码或名称为“{text}”的企业" in teller.get(HOME, {"q": text}).content.decode()


@pytest.mark.parametrize("purpose", ["own", "data_quality", "rating", "feedback", "curiosity"])
def test_there_is_no_file_for_a_purpose_that_is_not_the_institutions(teller: Client, purpose: str) -> None:
    assert teller.get(f"{HOME}{COMPANY.uscc}/{purpose}/").status_code == 404
    assert AccessLog.objects.count() == 0


def test_without_consent_the_open_part_is_shown_and_the_rest_can_be_asked_for(teller: Client) -> None:
    hold(OPEN, COMPANY.serial, {})
    hold(SEPARATE, COMPANY.serial, {})
    page = teller.get(f"{FILE}operations/").content.decode()
    assert "查看目的：贷前审查。" in page
    assert f'href="{ASK}?purpose=pre_loan&amp;category={SEPARATE}"' in page
    row = AccessLog.objects.get()
    assert (row.purpose, SEPARATE in row.withheld, OPEN in row.categories) == ("pre_loan", True, True)


def test_under_consent_the_category_opens_and_the_consent_is_named(teller: Client) -> None:
    hold(SEPARATE, COMPANY.serial, {})
    number = given(terms(categories=(SEPARATE,))).number
    page = teller.get(f"{FILE}operations/").content.decode()
    assert f'id="c{SEPARATE}"' in page
    assert f'href="/bank/consents/{number}/"' in page


def test_a_consent_to_another_bank_changes_nothing_that_is_shown(teller: Client) -> None:
    hold(SEPARATE, COMPANY.serial, {})
    pages = (
        "/bank/",
        "/bank/consents/",
        f"{HOME}?q={COMPANY.uscc}",
        FILE,
        f"{FILE}operations/",
        f"{ASK}?purpose=pre_loan",
    )
    before = [_shown(teller, page) for page in pages]
    given(terms(categories=(SEPARATE,)), to="bank-b")
    assert [_shown(teller, page) for page in pages] == before


def _shown(client: Client, page: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", client.get(page).content.decode())


def test_asking_makes_a_request_that_the_enterprise_decides(teller: Client) -> None:
    filled = {"purpose": "pre_loan", "together": ["0201"], "separately": ["0202"], "note": "流动资金贷款", **NUMBERS}
    text = teller.post(ASK, filled, follow=True).content.decode()
    assert "已向企业请求授权，结果会在消息里告知。" in text
    asked = Consent.objects.get()
    assert (asked.state, asked.categories, asked.note) == ("requested", ["0201", "0202"], "流动资金贷款")
    assert (asked.lookback_months, asked.grantee.code) == (12, "bank-a")
    again = teller.post(ASK, filled)
    assert again.status_code == 409
    assert "贵机构已就同一用途向该企业请求授权，企业尚未决定：请等待企业答复。" in again.content.decode()


def test_telling_the_platform_of_a_loan_is_asked_for_and_opens_no_reading(teller: Client) -> None:
    hold(SEPARATE, COMPANY.serial, {})
    page = teller.get(ASK, {"purpose": "feedback", "written": "on"}).content.decode()
    kinds = ["approval", "contract", "disbursement", "balance", "repayment", "first_loan"]
    assert re.findall(r'name="together" value="(\w+)">', page) == kinds
    assert ("checked" in page, 'name="lookback_months"' in page, "本人书面同意" in page) == (False, False, False)
    filled = {"purpose": "feedback", "together": ["approval", "first_loan"], "days": 365, "data_life_days": 365}
    text = teller.post(ASK, filled, follow=True).content.decode()
    assert "审批结果、首贷依据" in text
    asked = Consent.objects.get()
    assert (asked.state, asked.direction, asked.categories) == ("requested", "to_platform", ["approval", "first_loan"])
    message = Message.objects.get()
    assert (message.template, message.organisation) == ("consent.feedback_requested", COMPANY.uscc)
    given(asked.terms(), request=asked.number)
    assert Consent.objects.get().state == "active"
    assert f'id="c{SEPARATE}"' not in teller.get(f"{FILE}operations/").content.decode()
    assert teller.get(f"{HOME}{COMPANY.uscc}/feedback/").status_code == 404
    assert ">贷款结果回传<" not in teller.get(HOME, {"q": COMPANY.uscc}).content.decode()


def test_with_no_result_ticked_nothing_is_asked(teller: Client) -> None:
    page = teller.post(ASK, {"purpose": "feedback", "days": 365, "data_life_days": 365})
    assert page.status_code == 422
    assert "请至少勾选一类信息。" in page.content.decode()
    assert Consent.objects.count() == 0


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"days": 31}, "不能超过 30。"),
        ({"together": [], "separately": []}, "请至少勾选一类信息。"),
        ({"separately": ["9999"]}, "9999"),
        ({"note": "字" * 201}, "200"),
    ],
)
def test_what_goes_too_far_is_said_and_nothing_is_asked(teller: Client, wrong: dict[str, object], said: str) -> None:
    page = teller.post(ASK, {"purpose": "pre_loan", "together": ["0201"], **NUMBERS, **wrong})
    assert page.status_code == 422
    assert said in page.content.decode()
    assert Consent.objects.count() == 0


def test_more_is_asked_for_on_top_of_what_is_held(teller: Client) -> None:
    given(monthly(categories=("0201", "0202")))
    page = teller.get(ASK, {"purpose": "post_loan", "category": SEPARATE}).content.decode()
    assert re.findall(r'value="(\d{4})" checked', page) == ["0201", "0202", SEPARATE]


def test_an_unknown_enterprise_is_not_found(teller: Client) -> None:
    unknown = "91110108551385082Q"
    assert not Enterprise.objects.filter(uscc=unknown).exists()
    assert teller.get(f"{HOME}{unknown}/pre_loan/").status_code == 404
    assert teller.get(f"{HOME}{unknown}/ask/").status_code == 404
    assert teller.post(f"{HOME}{unknown}/ask/", {"together": ["0201"], **NUMBERS}).status_code == 404
    assert Consent.objects.count() == 0
