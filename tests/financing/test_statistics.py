"""The figures of an institution's orders, worked out by hand."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from jiahe.creditfile.models import Enterprise
from jiahe.financing.actions import choose, decide, sign, work
from jiahe.financing.actions.reassign import reassign
from jiahe.financing.enums import Mode
from jiahe.financing.models import FinancingRequest, Order
from jiahe.financing.queries.statistics import Figures, Statistics, statistics
from jiahe.financing.workflow import Stage
from jiahe.kit import clock
from tests.consent.scene import owner
from tests.financing.scene import OFFERED, by, draft, grabbed, manager, settle, submitted

pytestmark = pytest.mark.django_db
HOURS = timedelta(hours=1)
SINCE = datetime(2026, 11, 1, tzinfo=clock.ZONE)


@pytest.fixture(autouse=True)
def _at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIAHE_NOW", "2026-11-25T10:00")
    settle()


def figures(name: str = "", **known: Any) -> Figures:
    """Nothing but what is named."""
    facts: dict[str, Any] = {
        "orders": 0,
        "stages": {},
        "acceptance": None,
        "to_accept": None,
        "to_decide": None,
        "disbursed": Decimal(0),
        "given_up": 0,
    } | known
    stages = dict.fromkeys(Stage, 0) | facts.pop("stages")
    return Figures(name=name, stages=stages, **facts)


def seen(login: str = "head-bank-a") -> Statistics:
    return statistics(actor=by(login), since=SINCE)


def test_nothing_came_in() -> None:
    assert seen() == Statistics(figures(), [], [])


def test_a_grabbed_order_counts_for_no_acceptance_and_its_return_as_given_up() -> None:
    order = grabbed(submitted())
    expected = figures(orders=1, stages={Stage.DILIGENCE: 1})
    assert seen().total == expected
    decide.give_back(actor=manager(), number=order.number, reason="no_quota", text="本月额度已满")
    assert seen().total == figures(orders=1, given_up=1)


def test_times_run_in_working_time_and_stand_while_the_enterprise_owes(monkeypatch: pytest.MonkeyPatch) -> None:
    order = submitted(draft(Mode.DIRECTED), "bank-a").orders.get()
    assert seen().total == figures(orders=1, stages={Stage.ACCEPTANCE: 1})
    for at, step in (
        ("2026-11-25T16:00", lambda: work.accept(actor=manager(), number=order.number)),
        ("2026-11-26T16:00", lambda: work.contacted(actor=manager(), number=order.number)),
        ("2026-11-26T18:00", lambda: work.ask_more(actor=manager(), number=order.number, wanted="报表")),
        ("2026-11-27T12:00", lambda: work.supply(actor=owner(), number=order.number)),
        # over a weekend
        ("2026-11-30T16:00", lambda: work.review(actor=manager(), number=order.number)),
        ("2026-11-30T18:00", lambda: decide.offer(actor=manager(), number=order.number, terms=OFFERED)),
        ("2026-12-01T10:00", lambda: choose.choose(actor=owner(), number=order.number)),
        (
            "2026-12-02T10:00",
            lambda: sign.sign(actor=manager(), number=order.number, contract="H", amount=Decimal(800_000)),
        ),
        (
            "2026-12-02T11:00",
            lambda: sign.disburse(
                actor=manager(), number=order.number, amount=Decimal(300_000), paid_on=date(2026, 12, 2), voucher="1"
            ),
        ),
    ):
        monkeypatch.setenv("JIAHE_NOW", at)
        step()
    expected: dict[str, Any] = {
        "orders": 1,
        "stages": {Stage.DISBURSEMENT: 1},
        "acceptance": 1.0,
        "to_accept": 6 * HOURS,
        # 26 hours to the question; 12 to midnight of Friday, 18 of Monday
        "to_decide": 56 * HOURS,
        "disbursed": Decimal(300_000),
    }
    assert seen() == Statistics(
        figures(**expected), [figures("嘉善支行", **expected)], [figures("测试人员", **expected)]
    )


def test_acceptance_is_the_share_of_what_no_longer_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(4):
        handed_out(n)
    first, second, third, _waiting = Order.objects.order_by("pk")
    monkeypatch.setenv("JIAHE_NOW", "2026-11-25T12:00")
    Order.objects.filter(pk=first.pk).update(accepted_at=clock.now(), state="accepted", manager=manager().user_id)
    monkeypatch.setenv("JIAHE_NOW", "2026-11-25T16:00")
    Order.objects.filter(pk=second.pk).update(accepted_at=clock.now(), state="accepted", manager=manager().user_id)
    decide.refuse(actor=manager(), number=third.number, reason="out_of_area", text="不在服务区域")
    assert seen().total == figures(
        orders=4, stages={Stage.ACCEPTANCE: 1, Stage.DILIGENCE: 2}, acceptance=2 / 3, to_accept=4 * HOURS
    )


def handed_out(n: int) -> None:
    """An order of an enterprise of its own."""
    given = submitted(draft(Mode.DIRECTED), "bank-a") if n == 0 else FinancingRequest.objects.order_by("pk")[0]
    if n == 0:
        return
    Enterprise.objects.create(serial=100 + n, uscc=f"U{n}", name=f"乙{n}", area="330421")
    order = Order.objects.order_by("pk")[0]
    events = list(order.events.all())
    given.pk, given.number, given.serial, given.uscc = None, f"XQ{n}", 100 + n, f"U{n}"
    given.save(force_insert=True)
    order.pk, order.number, order.serial, order.request = None, f"DD{n}", 100 + n, given
    order.save(force_insert=True)
    for event in events:
        event.pk, event.order, event.request = None, order, given
        event.save(force_insert=True)


def test_each_branch_and_each_person_has_a_line_and_a_branch_sees_its_own() -> None:
    order = grabbed(submitted())
    other = by("colleague-bank-a").user_id
    assert other is not None
    reassign(actor=by("head-bank-a"), number=order.number, manager=other)
    line: dict[str, Any] = {"orders": 1, "stages": {Stage.DILIGENCE: 1}}
    expected = Statistics(figures(**line), [figures("嘉善支行", **line)], [figures("测试人员", **line)])
    assert seen() == expected
    assert seen("branch-bank-a") == expected
    for login in ("manager-bank-a", "head-bank-b"):
        assert seen(login) == Statistics(figures(), [], [])


def test_what_came_in_before_is_not_counted() -> None:
    grabbed(submitted())
    later = statistics(actor=by("head-bank-a"), since=clock.now() + HOURS)
    assert later == Statistics(figures(), [], [])
