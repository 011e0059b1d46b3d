"""Many institutions at once on the same requests: exactly as many winners as there are places, and everybody else is told."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from functools import partial

import pytest

from jiahe.consent.models import Consent
from jiahe.consent.terms import State
from jiahe.financing import errors
from jiahe.financing.actions.choose import choose, withdraw
from jiahe.financing.actions.claim import claim
from jiahe.financing.actions.decide import give_back
from jiahe.financing.models import Event, FinancingRequest, Order
from jiahe.kit.actor import Actor
from jiahe.notify.models import Message
from tests.consent.scene import owner
from tests.financing.scene import draft, grabbed, manager, offered, settle, submitted
from tests.together import together

pytestmark = pytest.mark.django_db(transaction=True)

BANKS = tuple(f"bank-{n:02}" for n in range(16))


@pytest.fixture(autouse=True)
def _at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIAHE_NOW", "2026-11-25T10:00")
    settle(banks=BANKS)


def _grab(actor: Actor, number: str) -> Order:
    return claim(actor=actor, number=number, amount=Decimal(500_000), rate=Decimal(4))


def test_exactly_as_many_win_as_there_are_places() -> None:
    request = submitted(draft(), *BANKS)
    results = together(*[partial(_grab, manager(code), request.number) for code in BANKS])
    met = Counter(type(one).__name__ for one in results)
    assert met == {"Order": 3, "NoPlaceLeft": 13}
    assert {one.status for one in results if isinstance(one, errors.NoPlaceLeft)} == {409}
    request.refresh_from_db()
    assert (request.state, request.taken, request.orders.count()) == ("underway", 3, 3)
    assert Consent.objects.filter(state=State.ACTIVE).count() == 3
    assert Event.objects.filter(action="claim").count() == 3
    assert Message.objects.filter(template="order.claimed").count() == 3


def test_two_people_of_one_institution_get_one_order() -> None:
    request = submitted(draft(), *BANKS[:2])
    both = [partial(_grab, manager(BANKS[0]), request.number)] * 4
    results = together(*both)
    assert Counter(type(one).__name__ for one in results) == {"Order": 1, "TakenByColleagues": 3}
    request.refresh_from_db()
    assert (request.taken, request.orders.count()) == (1, 1)


def test_choosing_and_taking_back_at_once_leaves_one_of_both() -> None:
    request = submitted(draft(), *BANKS[:3])
    orders = [offered(grabbed(request, code)) for code in BANKS[:2]]
    results = together(
        partial(choose, actor=owner(), number=orders[0].number),
        partial(choose, actor=owner(), number=orders[1].number),
        partial(withdraw, actor=owner(), number=request.number),
    )
    assert sum(not isinstance(one, Exception) for one in results) == 1
    live = Order.objects.filter(state="agreed").count()
    assert FinancingRequest.objects.get().state == ("agreed" if live else "withdrawn")
    assert Consent.objects.filter(state__in=(State.ACTIVE, State.PENDING)).count() == live


def test_a_place_given_back_while_others_come_is_taken_once() -> None:
    request = submitted(draft(), *BANKS)
    first = grabbed(request, BANKS[0])
    for code in BANKS[1:3]:
        grabbed(request, code)
    back = partial(give_back, actor=manager(BANKS[0]), number=first.number, reason="no_quota", text="额度已满")
    together(back, *[partial(_grab, manager(code), request.number) for code in BANKS[3:9]])
    late = together(*[partial(_grab, manager(code), request.number) for code in BANKS[9:]])
    request.refresh_from_db()
    assert (request.state, request.taken) == ("underway", 3)
    assert Order.objects.filter(request=request, state="accepted").count() == 3
    assert {type(one).__name__ for one in late} <= {"Order", "NoPlaceLeft"}
