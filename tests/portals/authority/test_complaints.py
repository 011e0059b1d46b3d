"""The supervisor's page of complaints."""

from __future__ import annotations

import pytest
from django.test import Client

from jiahe.accounts.actions.enrol import authority
from jiahe.accounts.enums import Role
from jiahe.audit.models import AccessLog
from jiahe.consent.complaints.actions.complain import complain
from jiahe.consent.complaints.models import Complaint
from jiahe.financing.actions.complain import complain as complain_about_an_order
from jiahe.financing.card import order_card
from jiahe.financing.errors import ComplaintWaits
from jiahe.kit import clock
from jiahe.notify.models import Message
from tests import people
from tests.consent.scene import COMPANY, manager, owner, settle
from tests.financing import scene as financing

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


def test_a_complaint_about_an_order_leads_to_it_and_is_answered_alike(supervisor: Client) -> None:
    financing.settle_bank("bank-b")
    order = financing.grabbed(financing.submitted(None, "bank-b"), "bank-b")
    complaint = complain_about_an_order(actor=owner(), number=order.number, text="三天没有人联系")
    with pytest.raises(ComplaintWaits):
        complain_about_an_order(actor=owner(), number=order.number, text="还是没有人联系")
    page = f"{PAGE}{complaint.number}/"
    assert f'href="/authority/orders/{order.number}/"' in supervisor.get(page).content.decode()
    told = Message.objects.get(template="complaint.made")
    assert told.link == page
    supervisor.post(page, {"state": "upheld", "text": "已责令机构联系企业"})
    [answered] = order_card(owner(), order).complaints
    assert (answered.state, answered.answer) == ("upheld", "已责令机构联系企业")
    assert complain_about_an_order(actor=owner(), number=order.number, text="又没有人联系").state == "open"
    assert Complaint.objects.count() == 2
