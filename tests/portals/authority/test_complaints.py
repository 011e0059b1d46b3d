"""The supervisor's page of complaints."""

from __future__ import annotations

import pytest
from django.test import Client

from jiahe.accounts.actions.enrol import authority
from jiahe.accounts.enums import Role
from jiahe.audit.models import AccessLog
from jiahe.consent.complaints.actions.complain import complain
from jiahe.consent.complaints.models import Complaint
from jiahe.kit import clock
from tests import people
from tests.consent.scene import COMPANY, manager, owner, settle

pytestmark = pytest.mark.django_db
PAGE = "/authority/complaints/"


@pytest.fixture
def supervisor(client: Client, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setenv("JIAHE_NOW", "2026-11-25T10:00")
    settle(COMPANY)
    people.sign_in(client, people.person("super", Role.SUPERVISOR, authority("主管部门")))
    return client


def made() -> Complaint:
    row = AccessLog.by(
        manager(),
        at=clock.now(),
        serial=COMPANY.serial,
        uscc=COMPANY.uscc,
        purpose="pre_loan",
        categories=["0101"],
        withheld=[],
        records=1,
    )
    row.save()
    return complain(actor=owner(), reading=row.uid, text="没有向这家机构申请过贷款")


def test_the_page_says_what_was_read_and_by_when_to_answer(supervisor: Client) -> None:
    complaint = made()
    assert "2026-12-25 前答复" in supervisor.get(PAGE).content.decode()
    text = supervisor.get(f"{PAGE}{complaint.number}/").content.decode()
    assert "测试bank-a客户经理因“贷前审查”查看了 市场主体登记信息 1 类" in text
    assert "没有向这家机构申请过贷款" in text


def test_an_answer_needs_a_finding_and_words_and_then_stands(supervisor: Client) -> None:
    page = f"{PAGE}{made().number}/"
    for wrong in ({"text": "已责令整改"}, {"state": "upheld", "text": "短"}, {"state": "open", "text": "已责令整改"}):
        assert supervisor.post(page, wrong).status_code == 422
    assert Complaint.objects.get().state == "open"
    text = supervisor.post(page, {"state": "upheld", "text": "已责令整改"}, follow=True).content.decode()
    assert "已答复，企业会收到消息。" in text
    assert supervisor.post(page, {"state": "dismissed", "text": "另一个答复"}).status_code == 409
    assert Complaint.objects.get().answer == "已责令整改"
    assert "属实" in supervisor.get(PAGE, {"state": "answered"}).content.decode()


def test_an_unknown_complaint_is_not_found(supervisor: Client) -> None:
    assert supervisor.get(f"{PAGE}TS0/").status_code == 404
    assert supervisor.post(f"{PAGE}TS0/", {"state": "upheld", "text": "已责令整改"}).status_code == 404
