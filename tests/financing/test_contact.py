"""Who is told whom to call, and that everybody else is told nothing."""

from __future__ import annotations

import pytest

from jiahe.audit.models import Entry
from jiahe.financing import errors
from jiahe.financing.actions import choose, decide, sign
from jiahe.financing.contact import Contact, contact
from jiahe.financing.enums import Mode
from jiahe.kit.actor import Actor
from tests.consent.scene import owner
from tests.financing.scene import by, draft, grabbed, manager, offered, settle, submitted

pytestmark = pytest.mark.django_db
KNOWN = Contact("财务", "13800138000")


@pytest.fixture(autouse=True)
def _at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIAHE_NOW", "2026-11-25T10:00")
    settle()


def told() -> int:
    return Entry.objects.filter(action="order.phone").count()


@pytest.mark.parametrize("login", ["manager-bank-a", "branch-bank-a", "head-bank-a"])
def test_the_owner_and_those_above_are_told_and_the_journal_says_so(login: str) -> None:
    order = grabbed(submitted())
    assert contact(actor=by(login), number=order.number) == KNOWN
    row = Entry.objects.get(action="order.phone")
    assert (row.login, row.subject) == (login, f"order:{order.number}")
    assert "13800138000" not in str(row.facts)


@pytest.mark.parametrize(
    ("login", "failure"),
    [
        ("colleague-bank-a", errors.NoSuchOrder),
        ("manager-bank-b", errors.NoSuchOrder),
        ("head-bank-b", errors.NoSuchOrder),
        ("supervisor", errors.NotYours),
        ("owner-1", errors.NotYours),
    ],
)
def test_nobody_else_is_told(login: str, failure: type[Exception]) -> None:
    order = grabbed(submitted())
    actor: Actor = owner() if login == "owner-1" else by(login)
    with pytest.raises(failure):
        contact(actor=actor, number=order.number)
    assert told() == 0


def test_nobody_is_told_before_the_order_is_accepted() -> None:
    order = submitted(draft(Mode.DIRECTED), "bank-a").orders.get()
    for login in ("manager-bank-a", "branch-bank-a", "head-bank-a"):
        with pytest.raises(errors.StateChanged):
            contact(actor=by(login), number=order.number)
    assert told() == 0


def test_nobody_is_told_after_the_order_has_ended() -> None:
    request = submitted()
    refused, other = grabbed(request), grabbed(request, "bank-b")
    decide.refuse(actor=manager(), number=refused.number, reason="debt", text="负债偏高")
    choose.withdraw_order(actor=owner(), number=other.number)
    for who, order in ((manager(), refused), (manager("bank-b"), other)):
        with pytest.raises(errors.StateChanged):
            contact(actor=who, number=order.number)
    assert told() == 0


def test_once_all_the_money_has_come_the_number_is_told_no_more() -> None:
    order = offered(grabbed(submitted()))
    choose.choose(actor=owner(), number=order.number)
    sign.sign(actor=manager(), number=order.number, contract="HT-1", amount=order.offer.amount)
    assert contact(actor=manager(), number=order.number) == KNOWN
    today = order.created_at.date()
    sign.disburse(actor=manager(), number=order.number, amount=order.offer.amount, paid_on=today, voucher="1")
    with pytest.raises(errors.StateChanged):
        contact(actor=manager(), number=order.number)
    assert told() == 1
