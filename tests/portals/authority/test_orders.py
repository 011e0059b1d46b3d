"""The authority watches every order, sees what looks like a sham, and sends a request where the enterprise allowed it."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from python_calamine import CalamineWorkbook

from jiahe.accounts.models import User
from jiahe.audit.models import Entry
from jiahe.financing.actions.decide import refuse
from jiahe.financing.models import Order
from jiahe.kit import clock
from tests import people
from tests.financing.scene import draft, grabbed, manager, settle, submitted

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def officer(client: Client, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setenv("JIAHE_NOW", "2026-11-25T10:00")
    settle()
    people.sign_in(client, User.objects.get(login="supervisor"))
    return client


def _page(client: Client, name: str, *args: object, query: str = "") -> str:
    answer = client.get(reverse(f"authority:{name}", args=args) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_orders_are_counted_by_stage_and_the_late_ones_named(officer: Client) -> None:
    request = submitted()
    for code in ("bank-a", "bank-b"):
        grabbed(request, code)
    assert "无超时" in _page(officer, "orders")
    Order.objects.update(due_at=clock.now() - timedelta(days=2))
    shown = _page(officer, "orders", query="?stage=diligence&overdue=on")
    assert ("超时 2" in shown, shown.count("已超时")) == (True, 2)
    assert "没有这样的订单" in _page(officer, "orders", query="?stage=review")
    assert shown.count("测试bank-a") > _page(officer, "orders", query="?institution=bank-b").count("测试bank-a")


def test_an_order_shows_its_stages_and_why_it_ended(officer: Client) -> None:
    order = grabbed(submitted())
    refuse(actor=manager(), number=order.number, reason="debt", text="负债率高于产品要求")
    shown = _page(officer, "order", order.number)
    assert all(words in shown for words in ("受理", "已完成", "未进行", "负债偏高", "负债率高于产品要求"))
    assert "13800138000" not in shown


def test_a_request_is_sent_only_where_the_enterprise_allowed_it(officer: Client) -> None:
    request = submitted(draft(), "bank-a", "bank-b")
    shown = _page(officer, "request", request.number)
    assert ('value="bank-a"' in shown, 'value="bank-c"' in shown) == (True, False)
    url = reverse("authority:request_dispatch", args=[request.number])
    before = Entry.objects.count()
    refused = officer.post(url, {"institution": "bank-c"}, follow=True).content.decode()
    assert "企业没有向本机构开放该需求" in refused
    assert (Entry.objects.count(), Order.objects.count()) == (before, 0)
    assert "已派给测试bank-a" in officer.post(url, {"institution": "bank-a"}, follow=True).content.decode()
    assert Order.objects.get().state == "dispatched"


def test_what_nobody_knows_and_drafts_are_not_found(officer: Client) -> None:
    hidden = draft()
    for name, number in (("request", hidden.number), ("request", "XQ0"), ("order", "DD0")):
        assert officer.get(reverse(f"authority:{name}", args=[number])).status_code == 404


def test_lists_take_as_many_queries_for_many_as_for_one(
    officer: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    request = submitted()
    grabbed(request, "bank-a")
    _page(officer, "orders")
    with django_assert_max_num_queries(22) as counted:
        _page(officer, "orders")
    one = len(counted)
    for code in ("bank-b", "bank-c"):
        grabbed(request, code)
    with django_assert_max_num_queries(one):
        _page(officer, "orders")
    with django_assert_max_num_queries(22):
        _page(officer, "requests", query="?state=underway")


def test_the_list_is_sorted_and_leaves_as_a_workbook_that_the_journal_knows_of(officer: Client) -> None:
    request = submitted()
    for code in ("bank-b", "bank-a"):
        grabbed(request, code)
    names = [
        re.findall("<span>测试(bank-[a-d])", _page(officer, "orders", query=f"?sort={sort}"))
        for sort in ("due", "newest")
    ]
    assert names == [["bank-b", "bank-a"], ["bank-a", "bank-b"]]
    answer = officer.get(reverse("authority:orders_export"), {"institution": "bank-a", "sort": "nonsense"})
    sheet = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert "测试主管部门" in str(sheet[0][0])
    assert [(row[sheet[1].index("企业")], row[sheet[1].index("机构")]) for row in sheet[2:]] == [
        ("甲公司", "测试bank-a")
    ]
    facts = Entry.objects.get(action="orders.export").facts
    assert (facts["rows"], facts["institution"]) == (1, "bank-a")
