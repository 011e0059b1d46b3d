"""The table of orders: the most urgent first, filters, pages, the workbook; and the workbench that leads there."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from jiahe.audit.models import Entry
from jiahe.creditfile.models import Enterprise
from jiahe.financing import export
from jiahe.financing.actions import decide, work
from jiahe.financing.enums import Mode
from jiahe.financing.models import Order
from tests.consent.scene import COMPANY
from tests.financing.scene import by, draft, grabbed, manager, submitted

Enter = Callable[[str], Client]
LIST = "/bank/orders/"


def found(client: Client, **asked: str) -> list[str]:
    text = client.get(LIST, asked).content.decode()
    return re.findall(rf'href="{LIST}(DD\w+)/"', text)


def more(count: int, **changes: Any) -> list[str]:
    """Orders of other enterprises, made from the one that is there; each due an hour before the last."""
    order = Order.objects.select_related("request").order_by("pk")[0]
    request, numbers = order.request, []
    for n in range(count):
        serial = 100 + n
        Enterprise.objects.create(serial=serial, uscc=f"U{n}", name=f"乙{n}", area="330421")
        request.pk, request.number, request.serial, request.uscc = None, f"XQ{n}", serial, f"U{n}"
        request.save(force_insert=True)
        order.pk, order.number, order.serial, order.request = None, f"DD{n}", serial, request
        assert order.due_at is not None
        order.due_at -= timedelta(hours=1)
        for name, value in changes.items():
            setattr(order, name, value)
        order.save(force_insert=True)
        numbers.append(order.number)
    return numbers


def test_the_most_urgent_stands_first_with_what_is_left(teller: Client) -> None:
    first = grabbed(submitted())
    assert found(teller) == [first.number]
    assert found(teller) == [first.number]
    numbers = more(2)
    assert found(teller) == [numbers[1], numbers[0], first.number]
    assert found(teller, sort="newest") == [numbers[1], numbers[0], first.number]
    text = teller.get(LIST).content.decode()
    for said in ("甲公司", "乙0", "已受理", "剩 3 个工作日", "剩 2 个工作日 23 小时"):
        assert said in text


def test_lists_and_filters(teller: Client, enter: Enter, monkeypatch: pytest.MonkeyPatch) -> None:
    order = grabbed(submitted())
    for asked, there in (
        ({"state": "accepted"}, True),
        ({"state": "review"}, False),
        ({"stage": "diligence"}, True),
        ({"stage": "signing"}, False),
        ({"overdue": "1"}, False),
        ({"list": "past"}, False),
        ({"list": "waiting"}, False),
        ({"list": "nonsense", "state": "nonsense"}, True),
    ):
        assert (found(teller, **asked) == [order.number]) is there, asked
    head = enter("head-bank-a")
    mine, other = str(manager().user_id), str(by("colleague-bank-a").user_id)
    for asked, there in (({"manager": mine}, True), ({"manager": other}, False), ({"branch": "001"}, True)):
        assert (found(head, **asked) == [order.number]) is there, asked
    monkeypatch.setenv("JIAHE_NOW", "2026-12-15T10:00")
    teller = enter("manager-bank-a")  # the session of that time is over
    assert found(teller, overdue="1") == [order.number]
    assert "已超时 " in teller.get(LIST).content.decode()
    decide.refuse(actor=manager(), number=order.number, reason="debt", text="负债偏高")
    assert (found(teller), found(teller, list="past")) == ([], [order.number])


def test_what_waits_stands_before_everybody_of_the_branch_and_those_above(enter: Enter) -> None:
    order = submitted(draft(Mode.DIRECTED), "bank-a").orders.get()
    for login in ("manager-bank-a", "colleague-bank-a", "branch-bank-a", "head-bank-a"):
        assert found(enter(login), list="waiting") == [order.number]
    assert found(enter("manager-bank-b"), list="waiting") == []


def test_a_colleague_s_order_is_on_nobody_else_s_list(enter: Enter) -> None:
    grabbed(submitted())
    for login in ("colleague-bank-a", "manager-bank-b", "head-bank-b"):
        assert found(enter(login)) == []


def test_while_the_enterprise_owes_the_bar_is_the_enterprise_s(teller: Client) -> None:
    order = grabbed(submitted())
    work.contacted(actor=manager(), number=order.number)
    work.ask_more(actor=manager(), number=order.number, wanted="报表")
    assert "企业 剩 5 个工作日" in teller.get(LIST).content.decode()


def test_htmx_gets_the_table_alone(teller: Client) -> None:
    grabbed(submitted())
    part = teller.get(LIST, headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith('<section class="card panel" id="orders">')


def test_thirty_orders_take_no_more_queries_than_one(teller: Client) -> None:
    grabbed(submitted())
    teller.get(LIST)
    few = _queries(teller)
    more(29)
    assert (few, _queries(teller)) == (QUERIES, QUERIES)
    assert (len(found(teller)), len(found(teller, page="2"))) == (20, 10)


def _queries(client: Client) -> int:
    with CaptureQueriesContext(connection) as asked:
        client.get(LIST)
    return len(asked)


QUERIES = 5


def sheet(client: Client, **asked: str) -> list[list[Any]]:
    answer = client.get(f"{LIST}export.xlsx", asked)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="orders-20261125-1000.xlsx"'
    return CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()


def test_the_workbook_names_its_reader_and_the_journal_keeps_it(teller: Client) -> None:
    order = grabbed(submitted())
    rows = sheet(teller)
    assert rows[0][0] == ("测试bank-a 测试人员（manager-bank-a）于 2026-11-25 10:00 导出，仅供办理业务使用，不得外传")
    told = dict(zip(rows[1], rows[2], strict=True))
    assert told == {
        "订单编号": order.number,
        "企业": "甲公司",
        "统一社会信用代码": COMPANY.uscc,
        "申请金额（万元）": 100,
        "期限（月）": "12",
        "用途": "日常经营周转",
        "渠道": "融资超市",
        "状态": "已受理",
        "阶段": "尽调",
        "时限": "2026-11-30 10:00",
        "剩余时间": "剩 3 个工作日",
        "意向金额（万元）": 90,
        "合同编号": "",
        "合同金额（万元）": "",
        "开始时间": "2026-11-25 10:00",
    }
    assert "13800138000" not in str(rows)
    row = Entry.objects.get(action="orders.export")
    assert (row.login, row.subject) == ("manager-bank-a", "organisation:bank-a")
    assert (row.facts["rows"], row.facts["shown"]) == (1, "live")


def test_those_above_also_export_branch_and_person_and_others_nothing_of_it(enter: Enter) -> None:
    grabbed(submitted())
    rows = sheet(enter("branch-bank-a"))
    assert rows[1][-2:] == ["网点", "客户经理"]
    assert rows[2][-2:] == ["嘉善支行", "测试人员"]
    assert len(sheet(enter("head-bank-a"), list="past")) == 2
    assert len(sheet(enter("head-bank-b"))) == 2


def test_a_workbook_that_does_not_hold_all_says_so(teller: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    grabbed(submitted())
    more(2)
    monkeypatch.setattr(export, "MOST", 2)
    rows = sheet(teller)
    assert [row[0] for row in rows[2:]] == ["DD1", "DD0", "仅导出前 2 条：请缩小筛选范围后分次导出。"]


def test_a_name_is_never_a_formula(teller: Client) -> None:
    grabbed(submitted())
    Enterprise.objects.filter(serial=COMPANY.serial).update(name="=1+1")
    assert sheet(teller)[2][1] == "=1+1"


def test_the_workbench_leads_to_what_is_urgent(teller: Client, enter: Enter, monkeypatch: pytest.MonkeyPatch) -> None:
    order = grabbed(submitted())
    monkeypatch.setenv("JIAHE_NOW", "2026-12-15T10:00")
    text = teller.get("/bank/").content.decode()
    assert "最紧急的订单" in text
    assert f'href="{LIST}{order.number}/"' in text
    assert f'<a href="{LIST}?overdue=1">1</a>' in re.sub(r"\s+<a", "<a", text)
    assert "最紧急的订单" not in enter("colleague-bank-a").get("/bank/").content.decode()
