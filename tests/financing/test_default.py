"""A loan that went bad: what the institution reports of it, with whose consent, and what scoring keeps."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from jiahe.accounts.models import User
from jiahe.audit.models import Entry
from jiahe.financing.actions import choose, sign
from jiahe.financing.actions.report_default import report_default
from jiahe.financing.card import order_card
from jiahe.financing.errors import NotToldWithConsent, NotYours, StateChanged, WrongValue
from jiahe.financing.models import Event, Order
from jiahe.notify.models import Message
from jiahe.scoring.errors import NothingToTakeBack, SameOutcome
from jiahe.scoring.models import Outcome
from tests import people
from tests.consent.scene import COMPANY, given, owner, terms
from tests.financing.scene import grabbed, manager, offered, settle, submitted

pytestmark = pytest.mark.django_db
PAID, OVERDUE, NOW = date(2026, 3, 2), date(2026, 5, 31), "2026-11-25T10:00"


@pytest.fixture
def order(monkeypatch: pytest.MonkeyPatch) -> Order:
    """A loan that was paid out on 2 March and is being paid back."""
    monkeypatch.setenv("JIAHE_NOW", "2026-03-02T10:00")
    settle(banks=("bank-a", "bank-b"))
    made = offered(grabbed(submitted(None, "bank-a")))
    choose.choose(actor=owner(), number=made.number)
    sign.sign(actor=manager(), number=made.number, contract="HT", amount=Decimal(100))
    sign.disburse(actor=manager(), number=made.number, amount=Decimal(100), paid_on=PAID, voucher="1")
    monkeypatch.setenv("JIAHE_NOW", NOW)
    made.refresh_from_db()
    return made


def agree() -> None:
    """The enterprise lets the bank tell the platform how the loan is paid back."""
    given(terms(purpose="feedback", direction="to_platform", categories=("repayment",), lookback_months=0))


def counts() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Outcome, Event, Entry, Message))


def test_what_is_reported_becomes_an_outcome_and_the_enterprise_is_told(order: Order) -> None:
    agree()
    since = order.state_since, order.ended_at
    report_default(actor=manager(), number=order.number, kind="overdue", on=OVERDUE)
    report_default(actor=manager(), number=order.number, kind="written_off", on=date(2026, 11, 1))
    order.refresh_from_db()
    assert (order.state, order.state_since, order.ended_at) == ("repaying", *since)
    kept = Outcome.objects.order_by("pk").values_list("uscc", "source", "loan", "kind", "defaulted_on", "reported_on")
    assert list(kept) == [
        (COMPANY.uscc, "bank-a", order.number, "overdue", OVERDUE, date(2026, 11, 25)),
        (COMPANY.uscc, "bank-a", order.number, "written_off", date(2026, 11, 1), date(2026, 11, 25)),
    ]
    texts = [text for _at, text in order_card(owner(), order).reported]
    assert texts == ["登记逾期超过 90 天：2026-05-31", "登记已核销：2026-11-01"]
    assert Message.objects.filter(template="order.default", organisation=COMPANY.uscc).count() == 2


def test_what_was_reported_in_error_is_taken_back(order: Order, monkeypatch: pytest.MonkeyPatch) -> None:
    agree()
    with pytest.raises(NothingToTakeBack):
        report_default(actor=manager(), number=order.number, kind="overdue", on=None)
    report_default(actor=manager(), number=order.number, kind="overdue", on=OVERDUE)
    monkeypatch.setenv("JIAHE_NOW", "2026-11-26T10:00")
    before = counts()
    with pytest.raises(SameOutcome):
        report_default(actor=manager(), number=order.number, kind="overdue", on=OVERDUE)
    assert counts() == before
    report_default(actor=manager(), number=order.number, kind="overdue", on=None)
    assert [o.defaulted_on for o in Outcome.objects.order_by("pk")] == [OVERDUE, None]


@pytest.mark.parametrize(
    ("kind", "on"),
    [
        ("", OVERDUE),
        ("overdue", date(2026, 5, 30)),
        ("overdue", date(2026, 11, 26)),
        ("written_off", date(2026, 3, 1)),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_changes(order: Order, kind: str, on: date) -> None:
    agree()
    before = counts()
    with pytest.raises(WrongValue):
        report_default(actor=manager(), number=order.number, kind=kind, on=on)
    assert counts() == before


def test_without_the_enterprises_consent_nothing_is_kept(order: Order) -> None:
    before = counts()
    with pytest.raises(NotToldWithConsent):
        report_default(actor=manager(), number=order.number, kind="overdue", on=OVERDUE)
    assert counts() == before


def test_only_its_institution_reports_and_only_while_it_is_paid_back(order: Order) -> None:
    agree()
    before = counts()
    with pytest.raises(NotYours):
        report_default(actor=owner(), number=order.number, kind="overdue", on=OVERDUE)
    assert counts() == before
    sign.close(actor=manager(), number=order.number)
    with pytest.raises(StateChanged):
        report_default(actor=manager(), number=order.number, kind="overdue", on=OVERDUE)
    assert Outcome.objects.count() == 0


def test_the_account_manager_reports_on_the_orders_page(order: Order, client: Client) -> None:
    agree()
    people.sign_in(client, User.objects.get(login="manager-bank-a"))
    assert "登记逾期或核销" in client.get(reverse("bank:order", args=[order.number])).content.decode()
    step = reverse("bank:order_step", args=[order.number, "default"])
    refused = client.post(step, {"kind": "overdue", "on": "2026-05-01"})
    assert (refused.status_code, Outcome.objects.count()) == (422, 0)
    assert "首笔放款日为 2026-03-02" in refused.content.decode()
    assert client.post(step, {"kind": "overdue", "on": "2026-05-31"}).status_code == 302
    assert "登记逾期超过 90 天：2026-05-31" in client.get(reverse("bank:order", args=[order.number])).content.decode()
    people.sign_in(client, User.objects.get(login=owner().login))
    page = client.get(reverse("enterprise:request", args=[order.request.number]))
    assert "登记逾期超过 90 天：2026-05-31" in page.content.decode()
