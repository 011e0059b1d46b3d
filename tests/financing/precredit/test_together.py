"""At the same moment: one of them is first, and nothing is half done."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from jiahe.financing.models import Offer, Order
from jiahe.financing.precredit.actions.answer import answer
from jiahe.financing.precredit.actions.rule import draft, publish
from jiahe.financing.precredit.models import Answer, LimitRule, Precredit
from jiahe.kit import clock
from jiahe.kit.errors import JiaheError
from jiahe.scoring.points.actions.decide import commit
from jiahe.scoring.points.actions.decide import publish as publish_system
from jiahe.scoring.points.actions.draft import begin
from jiahe.scoring.points.models import SystemVersion
from tests.financing.precredit.scene import STATED, accepted, city, drafted, know, sent, take_part
from tests.financing.scene import by, manager
from tests.together import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]


@pytest.fixture(autouse=True)
def _city() -> None:
    city()
    know(as_of=clock.today())


def _refused(answers: list[object]) -> list[JiaheError]:
    return [one for one in answers if isinstance(one, JiaheError)]


def test_one_answer_counts() -> None:
    number = accepted().number
    works: list[Callable[[], object]] = [
        lambda: answer(actor=manager(), number=number, clean=True, authorised=True),
        lambda: answer(actor=by("head-bank-a"), number=number, clean=False, authorised=True),
        lambda: answer(actor=by("branch-bank-a"), number=number, clean=True, authorised=True),
    ]
    assert len(_refused(list(together(*works)))) == 2
    kept, order = Answer.objects.get(), Order.objects.get()
    assert (order.state, Offer.objects.count()) == (("agreed", 1) if kept.is_clean else ("accepted", 0))


def test_a_rule_published_while_an_enterprise_asks_is_before_or_after_it() -> None:
    request = drafted()
    works: list[Callable[[], object]] = [
        lambda: sent(request),
        lambda: take_part(most=100_000),
    ]
    refused = _refused(list(together(*works)))
    request.refresh_from_db()
    kept = Precredit.objects.get()
    assert LimitRule.objects.get(state="published").number == 2
    assert request.state == ("draft" if refused else "underway")
    assert (kept.limit is None) == bool(refused)


def test_one_rule_is_published() -> None:
    head = by("head-bank-a")
    draft(actor=head, stated=STATED)
    publishing: list[Callable[[], object]] = [lambda: publish(actor=head, number=2)] * 4
    answers = list(together(*publishing))
    assert len(_refused(answers)) == 3
    assert list(LimitRule.objects.order_by("number").values_list("state", flat=True)) == ["replaced", "published"]


def test_one_system_is_begun_and_published() -> None:
    officers = [by("officer-1"), by("officer-2"), by("officer-1")]
    works: list[Callable[[], object]] = [lambda officer=one: begin(actor=officer) for one in officers]  # type: ignore[misc]
    assert len(_refused(list(together(*works)))) == 2
    commit(actor=by("officer-1"), number=2)
    publishing: list[Callable[[], object]] = [lambda: publish_system(actor=by("officer-2"), number=2)] * 4
    answers = list(together(*publishing))
    assert len(_refused(answers)) == 3
    assert list(SystemVersion.objects.order_by("number").values_list("state", flat=True)) == ["retired", "published"]
