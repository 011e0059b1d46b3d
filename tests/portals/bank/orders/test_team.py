"""What administrators do: hand over what a leaving person has in hand, and read the figures."""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jiahe.accounts.models import Membership
from jiahe.audit.models import Entry
from jiahe.financing.enums import Mode
from jiahe.financing.models import Order
from tests.financing.scene import by, draft, grabbed, submitted
from tests.portals.bank.orders.test_listing import more

Enter = Callable[[str], Client]
FIGURES = "/bank/orders/statistics/"


def hand_over(login: str) -> str:
    return f"/bank/orders/hand-over/{Membership.objects.get(user__login=login).pk}/"


def test_everything_in_hand_goes_to_another(enter: Enter) -> None:
    grabbed(submitted())
    more(2)
    head, taker = enter("head-bank-a"), by("colleague-bank-a").user_id
    address = hand_over("manager-bank-a")
    assert "3 笔在办订单" in head.get(address).content.decode()
    member = address.replace("orders/hand-over", "staff")
    assert f'href="{address}"' in head.get(member).content.decode()
    assert head.post(address, {"manager": ""}).status_code == 422
    answer = head.post(address, {"manager": str(taker)}, follow=True)
    assert "已移交 3 笔订单。" in answer.content.decode()
    assert set(Order.objects.values_list("manager_id", flat=True)) == {taker}
    assert Entry.objects.filter(action="order.reassign").count() == 3
    assert "没有需要移交的订单" in head.get(address).content.decode()


def test_whoever_is_suspended_with_orders_in_hand_has_them_handed_over_next(enter: Enter) -> None:
    grabbed(submitted())
    head, address = enter("head-bank-a"), hand_over("manager-bank-a")
    for login, onward in (("colleague-bank-a", "/bank/staff/"), ("manager-bank-a", address)):
        number = Membership.objects.get(user__login=login).pk
        assert head.post(f"/bank/staff/{number}/act/", {"do": "suspend"}).headers["Location"] == onward
    assert head.post(address, {"manager": str(by("branch-bank-a").user_id)}).status_code == 302
    assert Order.objects.get().manager_id == by("branch-bank-a").user_id


def test_only_to_people_of_one_s_own_and_only_by_those_above(enter: Enter) -> None:
    order = grabbed(submitted())
    address = hand_over("manager-bank-a")
    branch = enter("branch-bank-a")
    for taker in (by("manager-bank-b").user_id, by("manager-bank-a").user_id, by("head-bank-a").user_id):
        assert branch.post(address, {"manager": str(taker)}).status_code == 422
    assert enter("colleague-bank-a").post(address).status_code == 403
    assert enter("head-bank-b").post(address).status_code == 404
    order.refresh_from_db()
    assert order.manager_id == by("manager-bank-a").user_id
    assert Entry.objects.filter(action="order.reassign").count() == 0


def test_what_waits_is_assigned_by_those_above(enter: Enter) -> None:
    order = submitted(draft(Mode.DIRECTED), "bank-a").orders.get()
    taker = by("colleague-bank-a").user_id
    branch = enter("branch-bank-a")
    address = f"/bank/orders/{order.number}/"
    assert "分配订单" in branch.get(address).content.decode()
    assert branch.post(f"{address}reassign/", {"manager": str(taker)}).status_code == 302
    order.refresh_from_db()
    assert (order.state, order.manager_id) == ("dispatched", taker)
    assert enter("manager-bank-a").get(address).status_code == 404


def test_the_figures_are_those_of_one_s_own_tree(enter: Enter) -> None:
    grabbed(submitted())
    for login, there in (("head-bank-a", True), ("branch-bank-a", True), ("head-bank-b", False)):
        text = enter(login).get(FIGURES, {"days": "30"}).content.decode()
        assert ("嘉善支行" in text) is there
        assert ("这段时间没有订单" in text) is not there


def test_thirty_orders_take_no_more_queries_than_one(enter: Enter) -> None:
    grabbed(submitted())
    head = enter("head-bank-a")
    head.get(FIGURES)
    with CaptureQueriesContext(connection) as few:
        head.get(FIGURES)
    more(29)
    with CaptureQueriesContext(connection) as many:
        head.get(FIGURES)
    assert (len(few), len(many)) == (QUERIES, QUERIES)


QUERIES = 6
