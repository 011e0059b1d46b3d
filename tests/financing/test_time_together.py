"""Several workers at once, and people who act in the same moment: each thing happens once."""

from __future__ import annotations

from collections import Counter
from functools import partial

import pytest

from jiahe.financing.actions.claim import claim
from jiahe.financing.actions.work import accept, ask_more, contacted, supply
from jiahe.financing.enums import Mode
from jiahe.financing.models import Event, FinancingRequest, Order, Reminder
from jiahe.financing.tasks import close_windows, keep_time
from jiahe.notify.models import Message
from tests.consent.scene import owner
from tests.financing.scene import FACTS, draft, grabbed, manager, settle, submitted
from tests.products.shelf import on_shelf
from tests.together import together

pytestmark = pytest.mark.django_db(transaction=True)

WORKERS = 4


@pytest.fixture(autouse=True)
def _at(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tuesday."""
    monkeypatch.setenv("JIAHE_NOW", "2026-12-01T10:00")
    settle()


def told() -> Counter[str]:
    timed = ("order.full_time", "order.escalated", "order.expired", "pool.matching", "request.unplaced")
    return Counter(Message.objects.filter(template__in=timed).values_list("template", flat=True))


def test_workers_at_once_remind_once(monkeypatch: pytest.MonkeyPatch) -> None:
    request = submitted()
    for code in ("bank-a", "bank-b", "bank-c"):
        grabbed(request, code)
    monkeypatch.setenv("JIAHE_NOW", "2026-12-08T10:00")
    together(*[keep_time] * WORKERS)
    assert told() == {"order.full_time": 3, "order.escalated": 6}
    assert Reminder.objects.count() == 9


def test_workers_at_once_hand_on_once(monkeypatch: pytest.MonkeyPatch) -> None:
    on_shelf(institution="bank-b")
    request = submitted()
    monkeypatch.setenv("JIAHE_NOW", "2026-12-03T10:00")
    together(*[close_windows] * WORKERS)
    assert list(request.orders.values_list("institution__code", "state")) == [("bank-b", "dispatched")]
    on_shelf("P2", institution="bank-c")
    monkeypatch.setenv("JIAHE_NOW", "2026-12-08T10:00")
    together(*[keep_time] * WORKERS)
    found = request.orders.order_by("pk").values_list("institution__code", "state")
    assert list(found) == [("bank-b", "expired"), ("bank-c", "dispatched")]
    assert told() == {"order.full_time": 1, "order.escalated": 2, "order.expired": 2, "pool.matching": 2}


def test_workers_at_once_open_a_window_again_once(monkeypatch: pytest.MonkeyPatch) -> None:
    submitted()
    monkeypatch.setenv("JIAHE_NOW", "2026-12-03T10:00")
    together(*[close_windows] * WORKERS)
    assert Event.objects.filter(action="reopen").count() == 1
    assert told() == {"request.unplaced": 1}


@pytest.mark.parametrize("workers", [1, WORKERS])
def test_an_acceptance_in_the_last_moment_wins_or_loses_whole(monkeypatch: pytest.MonkeyPatch, workers: int) -> None:
    order = submitted(draft(Mode.DIRECTED), "bank-b").orders.get()
    monkeypatch.setenv("JIAHE_NOW", "2026-12-04T10:00")
    first, *_workers = together(partial(accept, actor=manager("bank-b"), number=order.number), *[keep_time] * workers)
    order.refresh_from_db()
    won = not isinstance(first, Exception)
    assert order.state == ("accepted" if won else "expired")
    assert FinancingRequest.objects.get().state == ("underway" if won else "closed")
    assert Event.objects.filter(action__in=("accept", "expire")).count() == 1


def test_an_answer_in_the_last_moment_wins_or_loses_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    order = grabbed(submitted())
    contacted(actor=manager(), number=order.number)
    ask_more(actor=manager(), number=order.number, wanted="近三年财务报表")
    monkeypatch.setenv("JIAHE_NOW", "2026-12-08T10:00")
    first, *_workers = together(partial(supply, actor=owner(), number=order.number), *[keep_time] * WORKERS)
    order.refresh_from_db()
    assert order.state == ("expired" if isinstance(first, Exception) else "diligence")
    assert Event.objects.filter(action__in=("supply", "expire")).count() == 1


def test_claims_while_the_window_closes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The claim comes before the end or is refused; with or without it the request goes on with those who are at work."""
    request = submitted()
    monkeypatch.setenv("JIAHE_NOW", "2026-12-03T10:00")
    claims = [
        partial(claim, actor=manager(code), number=request.number, amount=FACTS["amount"], rate=FACTS["amount"] * 0)
        for code in ("bank-a", "bank-b")
    ]
    results = together(*claims, *[close_windows] * WORKERS)
    request.refresh_from_db()
    came = sum(isinstance(one, Order) for one in results)
    assert (request.taken, request.orders.count()) == (came, came)
    assert (request.state, request.dispatched) == ("open", 1)
