"""Who looked at me: a sentence per read, filters, and complaints."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.html import escape
from pytest_django import DjangoAssertNumQueries

from jiahe.accounts.enums import Role
from jiahe.accounts.models import Branch
from jiahe.audit.models import AccessLog
from jiahe.consent.complaints.models import Complaint
from jiahe.consent.terms import Subject
from jiahe.kit import clock
from jiahe.kit.actor import Actor
from tests import people
from tests.consent.scene import COMPANY, OTHER, given, manager, owner

pytestmark = pytest.mark.django_db
PAGE = "/enterprise/readings/"


def looked(by: Actor, *categories: str, at_subject: Subject = COMPANY, days_ago: int = 0, **more: object) -> str:
    fields = {"purpose": "pre_loan", "withheld": [], "consents": [], "records": 3, **more}
    row = AccessLog.by(
        by,
        at=clock.now() - timedelta(days=days_ago),
        serial=at_subject.serial,
        uscc=at_subject.uscc,
        categories=list(categories),
        **fields,
    )
    row.save()
    return row.uid


def test_a_read_is_one_plain_sentence_with_office_and_role_and_no_name(boss: Client) -> None:
    bank = people.bank("bank-a")
    office = Branch.objects.create(institution=bank, code="js", name="嘉善支行")
    teller = people.actor(people.person("zhang", Role.ACCOUNT_MANAGER, bank, name="张三丰", branch=office))
    number = given().number
    looked(teller, "0201", "0701", consents=[number])
    text = boss.get(PAGE).content.decode()
    assert "测试bank-a嘉善支行客户经理因“贷前审查”查看了 纳税人基础信息、单位参保信息 2 类" in text
    assert f'— 依据授权 <a class="code small" href="/enterprise/consents/{number}/">{number}</a>' in text
    assert "张三丰" not in text


def test_a_refused_read_is_listed_too(boss: Client) -> None:
    looked(manager("bank-b"), withheld=["0202"])
    text = boss.get(PAGE).content.decode()
    assert "测试bank-b客户经理因“贷前审查”要查看 纳税申报与销售收入 1 类，未获准" in text


def test_many_categories_are_counted_and_unfold(boss: Client) -> None:
    looked(manager(), "0101", "0102", "0103", "0104", withheld=["0202"])
    text = boss.get(PAGE).content.decode()
    assert "市场主体登记信息、法定代表人信息、股东及出资信息(年报) 等 4 类" in text
    assert "看了什么；另有 1 类未能看到" in text


def test_ones_own_and_others_reads_do_not_stand_among_them(boss: Client) -> None:
    looked(owner(), "0201", purpose="own")
    looked(manager(), "0201", at_subject=OTHER)
    assert "还没有别的单位看过" in boss.get(PAGE).content.decode()
    assert "因“查阅本企业信息”查看了" in boss.get(PAGE, {"organisation": COMPANY.uscc}).content.decode()


def test_the_list_is_narrowed_by_organisation_and_day(boss: Client) -> None:
    looked(manager("bank-a"), "0201", days_ago=3)
    looked(manager("bank-b"), "0202")
    assert boss.get(PAGE).content.decode().count("因“贷前审查”") == 2
    by_bank = boss.get(PAGE, {"organisation": "bank-b"}).content.decode()
    assert (by_bank.count("因“贷前审查”"), "测试bank-b客户经理" in by_bank) == (1, True)
    by_day = boss.get(PAGE, {"since": "2026-11-22", "until": "2026-11-22"}).content.decode()
    assert (by_day.count("因“贷前审查”"), "测试bank-a客户经理" in by_day) == (1, True)
    assert "没有符合条件的查看" in boss.get(PAGE, {"until": "2026-01-01"}).content.decode()


def test_a_complaint_is_made_from_the_row_and_seen_there(boss: Client) -> None:
    uid = looked(manager(), "0201")
    assert f'href="{PAGE}{uid}/complain/"' in boss.get(PAGE).content.decode()
    text = boss.post(f"{PAGE}{uid}/complain/", {"text": "没有申请过贷款"}, follow=True).content.decode()
    assert "投诉已提交，主管部门将在 2026-12-25 前答复。" in text
    assert "已投诉 · 核查中" in boss.get(PAGE).content.decode()
    again = boss.post(f"{PAGE}{uid}/complain/", {"text": "没有申请过贷款"})
    assert (again.status_code, Complaint.objects.count()) == (409, 1)


@pytest.mark.parametrize("text", ["短", "字" * 1001, "没有申请\x00过贷款"])
def test_text_that_cannot_be_kept_is_said_with_what_was_written(boss: Client, text: str) -> None:
    uid = looked(manager(), "0201")
    page = boss.post(f"{PAGE}{uid}/complain/", {"text": text})
    assert page.status_code == 422
    assert "“投诉内容”须为 5 至 1000 字，且不能含有控制字符：请修改后重试。" in page.content.decode()
    assert escape(text) in page.content.decode()
    assert Complaint.objects.count() == 0


def test_anothers_reading_is_not_found_like_one_that_does_not_exist(boss: Client) -> None:
    others = looked(manager(), "0201", at_subject=OTHER)
    for uid in (others, "0" * 32):
        assert boss.get(f"{PAGE}{uid}/complain/").status_code == 404
        assert boss.post(f"{PAGE}{uid}/complain/", {"text": "没有申请过贷款"}).status_code == 404
    assert Complaint.objects.count() == 0


def test_thirty_reads_take_no_more_queries_than_one(
    boss: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    looked(manager(), "0201")
    boss.get(PAGE)
    with django_assert_num_queries(QUERIES):
        boss.get(PAGE)
    for _ in range(29):
        looked(manager(), "0201")
    with django_assert_num_queries(QUERIES):
        text = boss.get(PAGE).content.decode()
    assert text.count("因“贷前审查”") == 20


QUERIES = 10
