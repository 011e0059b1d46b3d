"""Whatever people do in whatever order and at whatever time: every state is known, nothing is lost, nobody is forgotten."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as some

from jiahe.audit.models import Entry
from jiahe.consent.models import Consent
from jiahe.consent.terms import LIVE as CONSENT_LIVE
from jiahe.consent.terms import State
from jiahe.financing.actions import choose, decide, expire, sign, work
from jiahe.financing.actions.evaluate import evaluate
from jiahe.financing.actions.hand_out import dispatch
from jiahe.financing.actions.reassign import reassign
from jiahe.financing.actions.remind import TOLD
from jiahe.financing.actions.report_default import report_default
from jiahe.financing.enums import Mode
from jiahe.financing.models import Evaluation, Event, FinancingRequest, Order, Tranche
from jiahe.financing.precredit.actions.answer import answer
from jiahe.financing.precredit.models import Answer, Precredit
from jiahe.financing.tasks import close_windows, keep_time
from jiahe.financing.workflow import (
    LIVE,
    ORDER_STEPS,
    READS,
    REQUEST_STEPS,
    OrderAction,
    OrderState,
    RequestAction,
    RequestState,
)
from jiahe.kit.errors import JiaheError
from jiahe.notify.models import Message
from tests.consent.scene import owner
from tests.financing.precredit.scene import drafted, know, publish_a_system, sent, take_part
from tests.financing.scene import OFFERED, SYSTEM, by, draft, grabbed, manager, settle, submitted
from tests.products.shelf import on_shelf

pytestmark = pytest.mark.django_db

BANKS = ("bank-a", "bank-b", "bank-c", "bank-d")
TIMES = ("2026-11-25T10:00", "2026-11-26T10:00", "2026-12-03T10:00", "2027-01-20T10:00")
WITHOUT_ORDER = {
    "draft",
    "apply",
    "apply by points",
    "submit",
    "claim",
    "dispatch",
    "withdraw",
    "window",
    "keep time",
    "close windows",
}
REMINDERS = {template for _whom, template in TOLD.values()} | {"order.contact_late"}
Step = Callable[[Any, Any, str], object]
# Each is done with some request, some order, and by the people of some bank, whether that makes sense or not.
STEPS: dict[str, Step] = {
    "draft": lambda *_: draft(),
    "apply": lambda *_: submitted(draft(Mode.DIRECTED), "bank-b"),
    "apply by points": lambda *_: sent(drafted()),
    "answer yes": lambda _request, order, code: answer(
        actor=manager(code), number=order.number, clean=True, authorised=True
    ),
    "answer no": lambda _request, order, code: answer(
        actor=manager(code), number=order.number, clean=False, authorised=True
    ),
    "submit": lambda request, *_: submitted(request),
    "claim": lambda request, _order, code: grabbed(request, code),
    "dispatch": lambda request, _order, code: dispatch(actor=by("supervisor"), number=request.number, institution=code),
    "accept": lambda _request, order, code: work.accept(actor=manager(code), number=order.number),
    "contact": lambda _request, order, code: work.contacted(actor=manager(code), number=order.number),
    "ask": lambda _request, order, code: work.ask_more(actor=manager(code), number=order.number, wanted="报表"),
    "supply": lambda _request, order, _code: work.supply(actor=owner(), number=order.number),
    "review": lambda _request, order, code: work.review(actor=manager(code), number=order.number),
    "offer": lambda _request, order, code: decide.offer(actor=manager(code), number=order.number, terms=OFFERED),
    "refuse": lambda _request, order, code: decide.refuse(
        actor=manager(code), number=order.number, reason="debt", text="负债偏高"
    ),
    "return": lambda _request, order, code: decide.give_back(
        actor=by(f"branch-{code}"), number=order.number, reason="no_quota", text="额度已满"
    ),
    "choose": lambda _request, order, _code: choose.choose(actor=owner(), number=order.number),
    "decline": lambda _request, order, _code: choose.decline(actor=owner(), number=order.number),
    "withdraw order": lambda _request, order, _code: choose.withdraw_order(actor=owner(), number=order.number),
    "withdraw": lambda request, *_: choose.withdraw(actor=owner(), number=request.number),
    "sign": lambda _request, order, code: sign.sign(
        actor=manager(code), number=order.number, contract="HT", amount=Decimal(100)
    ),
    "disburse": lambda _request, order, code: sign.disburse(
        actor=manager(code), number=order.number, amount=Decimal(60), paid_on=date(2026, 11, 25), voucher="1"
    ),
    "disburse the rest": lambda _request, order, code: sign.disburse(
        actor=manager(code), number=order.number, amount=Decimal(40), paid_on=date(2026, 11, 25), voucher="2"
    ),
    "complete": lambda _request, order, code: sign.complete(actor=manager(code), number=order.number),
    "close": lambda _request, order, code: sign.close(actor=manager(code), number=order.number),
    "default": lambda _request, order, code: report_default(
        actor=manager(code), number=order.number, kind="written_off", on=date(2026, 11, 25)
    ),
    "expire": lambda _request, order, _code: expire.expire_order(actor=SYSTEM, number=order.number),
    "window": lambda request, *_: expire.close_window(actor=SYSTEM, number=request.number),
    "keep time": lambda *_: keep_time(),
    "close windows": lambda *_: close_windows(),
    "reassign": lambda _request, order, code: reassign(
        actor=by(f"head-{code}"), number=order.number, manager=_id(f"colleague-{code}")
    ),
    "evaluate": lambda _request, order, _code: evaluate(actor=owner(), number=order.number, score=4),
}


def _id(login: str) -> int:
    found = by(login).user_id
    assert found is not None
    return found


def _counts() -> Counter[str]:
    models = (FinancingRequest, Order, Event, Tranche, Evaluation, Entry, Message, Consent, Precredit, Answer)
    return Counter({model.__name__: model.objects.count() for model in models})


@pytest.fixture(autouse=True)
def _scene(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything that follows happens on top of it and is undone."""
    monkeypatch.setenv("JIAHE_NOW", TIMES[0])
    settle()
    on_shelf("P1", variant={"guarantees": ["credit"]})
    on_shelf("P2", institution="bank-c")
    publish_a_system()
    take_part()
    know()
    submitted()


@settings(max_examples=40)
@given(
    some.lists(
        some.tuples(
            some.sampled_from(sorted(STEPS)), some.integers(0, 3), some.sampled_from(BANKS), some.sampled_from(TIMES)
        ),
        min_size=8,
        max_size=40,
    )
)
def test_no_sequence_leaves_what_the_tables_allow(steps: list[tuple[str, int, str, str]]) -> None:
    with pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setenv("JIAHE_NOW", TIMES[0])
        for name, which, code, at in sorted_in_time(steps):
            patch.setenv("JIAHE_NOW", at)
            requests, orders = list(FinancingRequest.objects.order_by("pk")), list(Order.objects.order_by("pk"))
            request, order = requests[which % len(requests)], orders[which % len(orders)] if orders else None
            if order is None and name not in WITHOUT_ORDER:
                continue
            before = _counts()
            try:
                with transaction.atomic():
                    STEPS[name](request, order, code)
            except JiaheError:
                assert _counts() == before
            _assert_sound()
        transaction.set_rollback(True)


def sorted_in_time(steps: list[tuple[str, int, str, str]]) -> list[tuple[str, int, str, str]]:
    """The same steps, with time that only goes forward."""
    times = sorted(at for *_, at in steps)
    return [(name, which, code, at) for (name, which, code, _), at in zip(steps, times, strict=True)]


def _assert_sound() -> None:
    for request in FinancingRequest.objects.prefetch_related("orders"):
        live = [order for order in request.orders.all() if order.state in LIVE]
        assert request.taken <= request.places
        if request.state not in (RequestState.OPEN, RequestState.UNDERWAY, RequestState.AGREED):
            assert live == []
        if request.state in (RequestState.UNDERWAY, RequestState.AGREED):
            assert live != []
        for order in request.orders.all():
            if hasattr(order, "credit_answer") and order.credit_answer.is_clean:
                assert order.offer.unsecured
                assert order.offer.amount <= (request.precredit.limit or 0)
        for order in live:
            assert order.due_at is not None
            assert order.manager_id is not None or order.state == OrderState.DISPATCHED
    _assert_consents()
    _assert_told()


def _assert_consents() -> None:
    """A consent is in force exactly for the orders that may read, and waits only where somebody may still come in."""
    reading = {f"order:{o.number}" for o in Order.objects.filter(state__in=READS)}
    assert set(Consent.objects.filter(state__in=CONSENT_LIVE).values_list("subject_ref", flat=True)) == reading
    waiting = set(Consent.objects.filter(state=State.PENDING).values_list("subject_ref", flat=True))
    open_ones = FinancingRequest.objects.filter(state__in=(RequestState.OPEN, RequestState.UNDERWAY))
    assert waiting <= {f"request:{request.number}" for request in open_ones}


def _assert_told() -> None:
    """As many messages as the tables say for the steps that were taken, and a journal row for each."""
    told = Counter[str]()
    for event in Event.objects.all():
        step = ORDER_STEPS[OrderAction(event.action)] if event.order_id else REQUEST_STEPS[RequestAction(event.action)]
        told.update(template for _whom, template in step.tells)
    # Some are told to as many as it concerns, or beside the steps.
    said = Counter(Message.objects.exclude(template__startswith="consent.").values_list("template", flat=True))
    for apart in ("order.reassigned", "pool.opened", "precredit.ordinary", "points.published", *REMINDERS):
        del said[apart], told[apart]
    assert said == told
