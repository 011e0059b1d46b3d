"""What time brings about, as the clock is turned on: reminders, escalation, expiry, another institution."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from jiahe.accounts.enums import MembershipState
from jiahe.accounts.models import Branch, Membership, Organisation
from jiahe.audit.models import Entry
from jiahe.consent.models import Consent
from jiahe.financing.actions import choose, expire, sign, work
from jiahe.financing.actions.hand_out import dispatch
from jiahe.financing.enums import Mode
from jiahe.financing.errors import StillInTime
from jiahe.financing.models import Event, FinancingRequest, Order, Reminder
from jiahe.financing.queries.deadlines import by_deadline, clocks, late
from jiahe.financing.queries.matches import matches
from jiahe.financing.tasks import close_windows, keep_time
from jiahe.kit import clock
from jiahe.notify.models import Message
from tests import people
from tests.consent.scene import owner
from tests.financing.scene import SYSTEM, by, draft, grabbed, manager, offered, settle, submitted
from tests.products.shelf import on_shelf

pytestmark = pytest.mark.django_db

TIMED = ("order.half_time", "order.full_time", "order.answer_awaited", "order.escalated")


@pytest.fixture(autouse=True)
def _at(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tuesday."""
    monkeypatch.setenv("JIAHE_NOW", "2026-12-01T10:00")
    settle()


def turn(monkeypatch: pytest.MonkeyPatch, moment: str) -> list[tuple[str, str]]:
    """Turn the clock on and let it work, twice; who was told what by it."""
    monkeypatch.setenv("JIAHE_NOW", moment)
    known = list(Message.objects.values_list("pk", flat=True))
    for _twice in range(2):
        keep_time()
        close_windows()
    told = Message.objects.exclude(pk__in=known).filter(template__in=TIMED).order_by("pk")
    return [(one.user.login if one.user else one.organisation, one.template) for one in told]


def test_the_enterprise_is_told_whom_to_call_where_the_first_contact_is_late(monkeypatch: pytest.MonkeyPatch) -> None:
    Organisation.objects.filter(code="bank-a").update(hotline="0573-84021234")
    order = grabbed(submitted(draft()))
    assert order.due_at is not None
    turn(monkeypatch, f"{order.due_at:%Y-%m-%dT%H:%M}")
    told = Message.objects.get(template="order.contact_late")
    assert (told.organisation, told.user, told.sentence) == (
        order.request.uscc,
        None,
        f"测试bank-a尚未就订单{order.number}与您联系，请留意来电，或致电服务热线0573-84021234。",
    )


def states(request: FinancingRequest) -> tuple[str, dict[str, str]]:
    request.refresh_from_db()
    return request.state, dict(request.orders.order_by("pk").values_list("institution__code", "state"))


def shelve(code: str, **version: Any) -> None:
    """A product of a bank, on the shelf."""
    on_shelf(f"P-{code}", institution=code, **version)


def test_who_is_told_when_nobody_contacts_the_enterprise(monkeypatch: pytest.MonkeyPatch) -> None:
    grabbed(submitted())
    assert turn(monkeypatch, "2026-12-02T21:59") == []
    assert turn(monkeypatch, "2026-12-02T22:00") == [("manager-bank-a", "order.half_time")]
    assert turn(monkeypatch, "2026-12-04T09:59") == []
    assert turn(monkeypatch, "2026-12-04T10:00") == [("manager-bank-a", "order.full_time")]
    assert turn(monkeypatch, "2026-12-06T12:00") == []
    assert turn(monkeypatch, "2026-12-07T10:00") == [("branch-bank-a", "order.escalated")]
    assert turn(monkeypatch, "2026-12-08T10:00") == [("supervisor", "order.escalated")]
    assert turn(monkeypatch, "2027-01-08T10:00") == []
    assert Order.objects.get().state == "accepted"
    said = Message.objects.filter(template="order.escalated").order_by("pk")[0]
    assert said.sentence == f"测试bank-a的订单{Order.objects.get().number}在尽调阶段超过时限2026-12-04 10:00，请督办。"
    assert Entry.objects.filter(action="order.remind").count() == 4


def test_a_worker_that_was_away_tells_each_once_and_nothing_that_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    grabbed(submitted())
    assert turn(monkeypatch, "2026-12-31T10:00") == [
        ("manager-bank-a", "order.full_time"),
        ("branch-bank-a", "order.escalated"),
        ("supervisor", "order.escalated"),
    ]


def test_the_next_limit_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    order = grabbed(submitted())
    assert turn(monkeypatch, "2026-12-04T10:00") == [("manager-bank-a", "order.full_time")]
    work.contacted(actor=manager(), number=order.number)
    assert turn(monkeypatch, "2026-12-11T09:59") == []
    assert turn(monkeypatch, "2026-12-11T10:00") == [("manager-bank-a", "order.half_time")]
    work.review(actor=manager(), number=order.number)
    assert turn(monkeypatch, "2026-12-18T10:00") == [("manager-bank-a", "order.full_time")]


def test_it_goes_up_the_branch_tree_to_the_first_who_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    bank = people.bank("bank-a")
    top = Branch.objects.create(institution=bank, code="000", name="嘉兴分行")
    Branch.objects.filter(institution=bank, code="001").update(parent=top)
    kept = Membership.objects.filter(user__login="branch-bank-a")
    grabbed(submitted())
    kept.update(branch=top)
    assert turn(monkeypatch, "2026-12-07T10:00")[-1] == ("branch-bank-a", "order.escalated")
    Reminder.objects.all().delete()
    kept.update(state=MembershipState.FROZEN)
    assert turn(monkeypatch, "2026-12-07T10:00")[-1] == ("head-bank-a", "order.escalated")


def test_while_the_enterprise_owes_an_answer_its_own_time_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    order = grabbed(submitted())
    work.contacted(actor=manager(), number=order.number)
    monkeypatch.setenv("JIAHE_NOW", "2026-12-02T10:00")
    work.ask_more(actor=manager(), number=order.number, wanted="近三年财务报表")
    assert turn(monkeypatch, "2026-12-07T09:59") == []
    assert turn(monkeypatch, "2026-12-07T10:00") == [(order.request.uscc, "order.answer_awaited")]
    assert list(by_deadline(actor=SYSTEM).filter(late())) == []
    monkeypatch.setenv("JIAHE_NOW", "2026-12-08T10:00")
    answered = work.supply(actor=owner(), number=order.number)
    # Ten working days from the 1st, less the one that was used, from the 8th.
    assert answered.due_at == clock.now().replace(day=21)
    assert turn(monkeypatch, "2026-12-14T09:59") == []
    assert turn(monkeypatch, "2026-12-14T10:00") == [("manager-bank-a", "order.half_time")]


def test_a_weekend_in_the_enterprise_s_time_takes_nothing_from_the_institution_s(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    order = grabbed(submitted())
    work.contacted(actor=manager(), number=order.number)
    monkeypatch.setenv("JIAHE_NOW", "2026-12-04T18:00")
    work.ask_more(actor=manager(), number=order.number, wanted="近三年财务报表")
    monkeypatch.setenv("JIAHE_NOW", "2026-12-05T09:00")
    answered = work.supply(actor=owner(), number=order.number)
    assert answered.due_at == clock.now().replace(day=15, hour=16)


def test_an_answer_that_does_not_come_ends_the_order(monkeypatch: pytest.MonkeyPatch) -> None:
    request = submitted()
    order = grabbed(request)
    grabbed(request, "bank-b")
    work.contacted(actor=manager(), number=order.number)
    work.ask_more(actor=manager(), number=order.number, wanted="近三年财务报表")
    turn(monkeypatch, "2026-12-08T09:59")
    assert states(request)[1]["bank-a"] == "more_wanted"
    with pytest.raises(StillInTime):
        expire.expire_order(actor=SYSTEM, number=order.number)
    turn(monkeypatch, "2026-12-08T10:00")
    assert states(request) == ("underway", {"bank-a": "expired", "bank-b": "accepted"})
    assert Message.objects.filter(template="order.expired").count() == 2


def test_an_offer_that_nobody_chooses_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    request = submitted()
    order = offered(grabbed(request))
    turn(monkeypatch, "2026-12-03T10:00")  # the window ends, and the only order is at work
    assert turn(monkeypatch, "2026-12-04T10:00") == [(request.uscc, "order.answer_awaited")]
    turn(monkeypatch, "2026-12-08T10:00")
    order.refresh_from_db()
    assert (states(request), order.offer.state) == (("closed", {"bank-a": "expired"}), "expired")


def test_late_money_is_measured_and_chases_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    order = offered(grabbed(submitted()))
    choose.choose(actor=owner(), number=order.number)
    sign.sign(actor=manager(), number=order.number, contract="HT-1", amount=Decimal(100))
    assert turn(monkeypatch, "2026-12-31T10:00") == []
    assert list(by_deadline(actor=SYSTEM).filter(late())) == [order]


def test_what_is_not_accepted_goes_to_the_best_match(monkeypatch: pytest.MonkeyPatch) -> None:
    for code, days in (("bank-b", 5), ("bank-c", 3), ("bank-d", 1)):
        shelve(code, promised_days=days, regions=["330400"] if code != "bank-d" else ["330100"])
    request = draft(Mode.DISPATCH)
    submitted(request)
    dispatch(actor=by("supervisor"), number=request.number, institution="bank-a")
    turn(monkeypatch, "2026-12-04T09:59")
    assert states(request) == ("underway", {"bank-a": "dispatched"})
    turn(monkeypatch, "2026-12-04T10:00")
    assert states(request) == ("underway", {"bank-a": "expired", "bank-c": "dispatched"})
    assert (request.taken, request.dispatched) == (1, 1)
    turn(monkeypatch, "2026-12-09T10:00")
    assert states(request)[1] == {"bank-a": "expired", "bank-c": "expired", "bank-b": "dispatched"}
    # Handed on twice: the enterprise is not kept waiting for ever.
    turn(monkeypatch, "2026-12-14T10:00")
    assert states(request)[0] == "closed"
    assert set(Consent.objects.values_list("state", flat=True)) == {"void"}


def test_an_application_to_one_institution_ends_where_that_does_not_accept_it(monkeypatch: pytest.MonkeyPatch) -> None:
    request = submitted(draft(Mode.DIRECTED), "bank-b")
    assert turn(monkeypatch, "2026-12-02T10:00") == [("bank-b", "order.full_time")]
    assert turn(monkeypatch, "2026-12-04T10:00") == [
        ("branch-bank-b", "order.escalated"),
        ("supervisor", "order.escalated"),
    ]
    assert states(request) == ("closed", {"bank-b": "expired"})


def test_a_window_that_nobody_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """To the best matches, as many as there are places; they do not accept; it opens again; the officer is told; it ends."""
    for code in ("bank-a", "bank-b"):
        shelve(code)
    request = submitted()
    turn(monkeypatch, "2026-12-03T09:59")
    assert states(request) == ("open", {})
    turn(monkeypatch, "2026-12-03T10:00")
    assert states(request) == ("underway", {"bank-a": "dispatched", "bank-b": "dispatched"})
    turn(monkeypatch, "2026-12-08T10:00")
    assert states(request) == ("open", {"bank-a": "expired", "bank-b": "expired"})
    assert (request.taken, request.dispatched, request.window_until) == (0, 1, clock.now().replace(day=10))
    told = Message.objects.filter(template="request.unplaced").values_list("user__login", "link")
    assert list(told) == [("supervisor", f"/authority/requests/{request.number}/")]
    assert grabbed(request, "bank-c").state == "accepted"
    turn(monkeypatch, "2026-12-10T10:00")
    assert states(request)[0] == "underway"


def test_a_window_without_any_match_opens_again_before_it_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    request = submitted()
    before = Event.objects.count()
    for day, state in ((3, "open"), (7, "open"), (9, "expired")):
        turn(monkeypatch, f"2026-12-{day:02}T10:00")
        assert states(request) == (state, {})
    assert list(Event.objects.order_by("pk").values_list("action", flat=True))[before:] == [
        "reopen",
        "reopen",
        "expire",
    ]
    assert set(Consent.objects.values_list("state", flat=True)) == {"void"}


@pytest.mark.parametrize(
    ("version", "fits"),
    [
        ({}, True),
        ({"regions": []}, True),
        ({"regions": ["330421"]}, True),
        ({"regions": ["330400"]}, True),
        ({"regions": ["330100", "330481"]}, False),
        ({"valid_until": date(2026, 11, 30)}, False),
        ({"variant": {"amount_to": 1_000_000, "term_from": 6, "term_to": 12}}, True),
        ({"variant": {"amount_to": 999_999}}, False),
        ({"variant": {"term_from": 13}}, False),
    ],
)
def test_a_match_serves_area_amount_and_term(version: dict[str, Any], fits: bool) -> None:
    shelve("bank-a", **version)
    request = submitted()
    assert [one.code for one in matches(request)] == ["bank-a"] * fits


def test_orders_by_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    request = submitted()
    first = grabbed(request)
    monkeypatch.setenv("JIAHE_NOW", "2026-12-02T10:00")
    second = grabbed(request, "bank-b")
    monkeypatch.setenv("JIAHE_NOW", "2026-12-04T10:00")
    assert list(by_deadline(actor=SYSTEM)) == [first, second]
    assert [(order.pk, time.overdue(clock.now())) for order, time in clocks([first, second])] == [
        (first.pk, True),
        (second.pk, False),
    ]
    assert [
        list(by_deadline(actor=by(login)).filter(late()))
        for login in ("manager-bank-a", "manager-bank-b", "supervisor")
    ] == [
        [first],
        [],
        [first],
    ]
