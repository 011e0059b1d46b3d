"""What is shown of a request and its orders, and to whom which steps are open."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jiahe.financing.actions import choose, work
from jiahe.financing.card import order_card, order_cards, request_card
from jiahe.financing.models import Offer, Order
from jiahe.financing.offer_cost import annualised
from jiahe.kit.actor import Actor
from tests.consent.scene import owner
from tests.financing.scene import by, draft, grabbed, manager, offered, settle, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIAHE_NOW", "2026-11-25T10:00")
    settle()


def read(number: str) -> Order:
    return Order.objects.select_related("request", "institution", "branch", "manager").get(number=number)


def test_a_card_says_where_an_order_stands_who_did_what_and_what_comes_next() -> None:
    order = grabbed(submitted())
    card = order_card(owner(), read(order.number))
    assert [(line.name, line.word, line.step.by, line.left is not None) for line in card.stages] == [
        ("受理", "已完成", "测试人员", False),
        ("尽调", "进行中", "", True),
        ("审核", "未开始", "", False),
        ("授信", "未开始", "", False),
        ("签约", "未开始", "", False),
        ("放款", "未开始", "", False),
    ]
    assert (card.state, card.tone, card.next, card.live, card.owed) == (
        "已受理",
        "info",
        "机构将联系企业，开始尽调",
        True,
        False,
    )


def test_each_reader_is_told_the_steps_that_are_theirs() -> None:
    request = submitted()
    order = read(offered(grabbed(request)).number)
    request.refresh_from_db()
    member = Actor(owner().user_id, "x", owner().organisation, "enterprise_member", "portal")
    readers = {"owner": owner(), "member": member, "manager": manager(), "supervisor": by("supervisor")}
    assert {name: sorted(order_card(actor, order).may) for name, actor in readers.items()} == {
        "owner": ["choose", "complain", "decline", "withdraw"],
        "member": ["complain"],
        "manager": ["return"],
        "supervisor": [],
    }
    assert {name: sorted(request_card(actor, request).may) for name, actor in readers.items()} == {
        "owner": ["withdraw"],
        "member": [],
        "manager": [],
        "supervisor": ["dispatch"],
    }
    choose.withdraw_order(actor=owner(), number=order.number)
    assert sorted(order_card(member, read(order.number)).may) == ["complain", "evaluate"]


def test_who_owes_an_answer_and_until_when() -> None:
    request = submitted()
    order = grabbed(request)
    work.contacted(actor=manager(), number=order.number)
    work.ask_more(actor=manager(), number=order.number, wanted="财务报表")
    card = order_card(owner(), read(order.number))
    assert card.left is not None
    assert (card.owed, card.order.wanted, card.left.time) == (True, "财务报表", timedelta(days=5))
    assert request_card(owner(), request, [card]).waiting == (card,)


def test_offers_are_compared_by_what_they_cost_a_year() -> None:
    request = submitted()
    orders = [offered(grabbed(request, code)) for code in ("bank-a", "bank-b", "bank-c")]
    Offer.objects.filter(order=orders[0]).update(fees=8_000)
    Offer.objects.filter(order=orders[1]).update(repayment="on_demand")
    cards = order_cards(owner(), [read(order.number) for order in orders])
    assert [(c.order.institution.code, c.cost) for c in request_card(owner(), request, cards).offers] == [
        ("bank-c", Decimal("3.85")),
        ("bank-a", Decimal("4.88")),
        ("bank-b", None),
    ]
    assert request_card(owner(), request, cards).cheapest == Decimal("3.85")
    assert request_card(owner(), request, cards[2:]).cheapest is None


def test_what_fees_eat_up_has_no_cost() -> None:
    order = offered(grabbed(submitted()))
    order.offer.fees = order.offer.amount
    assert annualised(order.offer) is None


def test_many_orders_take_as_many_queries_as_one() -> None:
    request = submitted()
    orders = [read(offered(grabbed(request, code)).number) for code in ("bank-a", "bank-b", "bank-c")]
    reader, counted = owner(), []
    for some in (orders[:1], orders):
        with CaptureQueriesContext(connection) as found:
            order_cards(reader, some)
        counted.append(len(found))
    assert counted == [6, 6]


def test_a_draft_is_sent_by_the_one_who_decides() -> None:
    request = draft()
    assert sorted(request_card(owner(), request).may) == ["submit"]
