"""The page of a request: where it stands, what is offered, what the enterprise can do, and for whom."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jiahe.consent.complaints.actions.answer import answer
from jiahe.consent.complaints.enums import ComplaintState
from jiahe.consent.complaints.models import Complaint
from jiahe.financing.actions import decide, sign, work
from jiahe.financing.models import Event, FinancingRequest, Order
from jiahe.kit.crypto import keyring
from jiahe.notify.models import Message
from tests.consent.scene import OTHER
from tests.financing.scene import by, draft, grabbed, manager, offered, submitted
from tests.people import representative, sign_in

pytestmark = pytest.mark.django_db

PLACE = "/enterprise/requests/"


def page(client: Client, request: FinancingRequest) -> str:
    return client.get(f"{PLACE}{request.number}/").content.decode()


def act(client: Client, order: Order, name: str, **typed: object) -> int:
    return client.post(f"{PLACE}orders/{order.number}/{name}/", typed).status_code


def states(request: FinancingRequest) -> list[str]:
    return list(request.orders.order_by("pk").values_list("state", flat=True))


def test_from_the_first_claim_to_the_evaluation(boss: Client) -> None:
    request = submitted()
    assert "还没有机构接单" in page(boss, request)
    orders = [grabbed(request, f"bank-{one}") for one in "abc"]
    text = page(boss, request)
    assert text.count('class="stagebar"') == 3
    assert text.count('aria-current="step"') == 3
    for order in orders[:2]:
        offered(order)
    text = page(boss, request)
    assert "有 2 家机构在等您答复。" in text
    assert "接受后由测试bank-a与您签约；测试bank-b、测试bank-c随即停止办理" in text
    assert text.count("3.85 %") == 4
    assert act(boss, orders[0], "choose") == 302
    assert states(request) == ["agreed", "declined", "withdrawn"]
    number, today = orders[0].number, date(2026, 11, 25)
    sign.sign(actor=manager(), number=number, contract="HT-1", amount=Decimal(800_000))
    for voucher, amount in (("1", 300_000), ("2", 500_000)):
        sign.disburse(actor=manager(), number=number, amount=Decimal(amount), paid_on=today, voucher=voucher)
    text = page(boss, request)
    assert ("HT-1" in text, "第 1 笔放款" in text, "第 2 笔放款" in text) == (True, True, True)
    assert act(boss, orders[0], "evaluate", score="5", tags=["fast"], text="很快") == 302
    text = page(boss, request)
    assert "5 分 · 响应快" in text
    assert f"orders/{number}/evaluate/" not in text


def test_documents_that_are_wanted_are_answered(boss: Client) -> None:
    request = submitted()
    order = grabbed(request)
    work.contacted(actor=manager(), number=order.number)
    work.ask_more(actor=manager(), number=order.number, wanted="近三年财务报表")
    text = page(boss, request)
    assert "近三年财务报表" in text
    assert f'href="/attachments/of/{request.number}/">上传附件' in text
    assert act(boss, order, "supply") == 302
    assert states(request) == ["diligence"]
    assert act(boss, order, "supply") == 409


def test_a_refusal_is_said_with_its_reason(boss: Client) -> None:
    request = submitted()
    order = grabbed(request)
    decide.refuse(actor=manager(), number=order.number, reason="debt", text="负债率高于产品要求")
    assert "负债偏高：负债率高于产品要求" in page(boss, request)


def test_an_evaluation_without_a_score_is_asked_for_again(boss: Client) -> None:
    order = grabbed(submitted())
    decide.refuse(actor=manager(), number=order.number, reason="debt", text="负债率高于产品要求")
    answered = boss.post(f"{PLACE}orders/{order.number}/evaluate/", {"text": "一般"})
    assert (answered.status_code, 'value="一般"' in answered.content.decode()) == (422, True)
    assert not hasattr(Order.objects.get(), "evaluation")


def test_a_complaint_at_any_stage_goes_to_the_supervisor(boss: Client) -> None:
    request = submitted()
    order = grabbed(request)
    assert act(boss, order, "complain", text="太短") == 422
    assert Complaint.objects.count() == 0
    assert act(boss, order, "complain", text="三天没有人联系") == 302
    made = Complaint.objects.get()
    assert Message.objects.filter(template="complaint.made", user__login="supervisor").count() == 1
    assert "三天没有人联系" in page(boss, request)
    assert act(boss, order, "complain", text="还是没有人联系") == 409
    answer(actor=by("supervisor"), number=made.number, state=ComplaintState.UPHELD, text="已督促机构联系")
    assert "属实：已督促机构联系" in page(boss, request)
    assert act(boss, order, "complain", text="又没有人联系") == 302


def test_everything_is_taken_back(boss: Client) -> None:
    request = submitted()
    orders = [grabbed(request, "bank-a"), grabbed(request, "bank-b")]
    assert act(boss, orders[0], "withdraw") == 302
    boss.post(f"{PLACE}{request.number}/withdraw/")
    assert states(request) == ["withdrawn", "withdrawn"]
    text = boss.post(f"{PLACE}{request.number}/withdraw/", follow=True).content.decode()
    assert "不能办理此事" in text


def test_who_does_not_decide_is_shown_no_button_and_refused(clerk: Client) -> None:
    request = submitted()
    order = offered(grabbed(request))
    text = page(clerk, request)
    assert [f"{order.number}/{name}/" in text for name in ("choose", "decline", "withdraw", "complain")] == [
        False,
        False,
        False,
        True,
    ]
    before = Event.objects.count()
    assert [act(clerk, order, name) for name in ("choose", "decline", "withdraw")] == [403, 403, 403]
    assert clerk.post(f"{PLACE}{request.number}/withdraw/").status_code == 403
    assert Event.objects.count() == before


def test_a_request_of_another_enterprise_is_not_there(client: Client) -> None:
    order = grabbed(submitted())
    sign_in(client, representative("owner-3", OTHER.uscc))
    assert client.get(f"{PLACE}{order.request.number}/").status_code == 404
    assert [act(client, order, name) for name in ("choose", "complain", "nothing")] == [404, 404, 404]


def test_it_is_asked_again_and_answers_only_where_something_happened(boss: Client) -> None:
    request = submitted()
    asks = {"HX-Request": "true"}
    latest = Event.objects.latest("pk").pk
    address = f"{PLACE}{request.number}/?seen={latest}"
    assert f'hx-get="{address}"' in page(boss, request)
    assert boss.get(address, headers=asks).status_code == 204
    grabbed(request)
    answered = boss.get(address, headers=asks)
    text = answered.content.decode()
    assert (answered.status_code, text.startswith('<div id="live"'), "测试bank-a" in text) == (200, True, True)
    assert "<html" in boss.get(address).content.decode()


def test_a_page_that_asks_by_itself_keeps_no_session_alive(boss: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    address = f"{PLACE}{submitted().number}/?seen=0"
    boss.get(address)
    for minute in (10, 20, 35):
        monkeypatch.setenv("JIAHE_NOW", f"2026-11-25T10:{minute}")
        last = boss.get(address, headers={"HX-Request": "true", "X-Unattended": "1"})
    assert (last.status_code, last.headers["HX-Redirect"]) == (204, "/sign-in/")


def test_whom_to_call(boss: Client) -> None:
    request = submitted()
    order = grabbed(request)
    assert order.manager is not None
    type(order.manager).objects.filter(pk=order.manager.pk).update(phone=keyring().encrypt("13900139000"))
    assert 'href="tel:13900139000"' in page(boss, request)
    decide.refuse(actor=manager(), number=order.number, reason="debt", text="负债率高于产品要求")
    assert "13900139000" not in page(boss, request)


def test_the_list_takes_as_many_queries_for_many_as_for_one(boss: Client) -> None:
    order = offered(grabbed(submitted()))
    boss.get(PLACE)
    counted = []
    for more in (0, 29):
        for one in range(more):
            _again(order, f"XQ{one}")
        with CaptureQueriesContext(connection) as found:
            text = boss.get(PLACE).content.decode()
        counted.append((len(found), text.count("1 家机构")))
    assert counted == [(counted[0][0], 1), (counted[0][0], 20)]


def _again(order: Order, number: str) -> None:
    """The same request once more, refused."""
    request = FinancingRequest.objects.get(pk=order.request_id)
    request.pk, request.number = None, number
    request.save(force_insert=True)
    copy = Order.objects.get(pk=order.pk)
    copy.pk, copy.number, copy.request, copy.state = None, f"DD{number}", request, "refused"
    copy.reason, copy.reason_text = "other", "其他"
    copy.save(force_insert=True)


def test_home_shows_what_is_under_way(boss: Client) -> None:
    request = submitted()
    draft()
    grabbed(request)
    assert f'href="{PLACE}{request.number}/"' in boss.get("/enterprise/").content.decode()
