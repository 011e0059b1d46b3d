"""From the limit that the enterprise sees to the loan that waits to be signed."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError

from jiahe.audit.journal import about
from jiahe.audit.models import AccessLog
from jiahe.consent.actions.revoke import revoke
from jiahe.consent.models import Consent
from jiahe.creditfile.models import Enterprise
from jiahe.financing.actions import choose, sign, work
from jiahe.financing.actions.draft import drop
from jiahe.financing.card import order_card
from jiahe.financing.errors import NotYours as NotYourOrder
from jiahe.financing.errors import StateChanged, WrongValue
from jiahe.financing.models import FinancingRequest, Offer, Order
from jiahe.financing.precredit.actions.answer import answer
from jiahe.financing.precredit.actions.rule import draft, end, publish
from jiahe.financing.precredit.errors import (
    AlreadyAnswered,
    BeyondLimit,
    GrantExpired,
    LimitExpired,
    NoLimit,
    NotByPoints,
    NotYours,
    PointsNotTicked,
    RuleChanged,
    RuleEnded,
    WrittenOnly,
)
from jiahe.financing.precredit.models import Answer, Precredit
from jiahe.financing.precredit.queries.attached import attached
from jiahe.financing.precredit.queries.reckoned import of_the_reader
from jiahe.kit import clock
from jiahe.notify.models import Message
from jiahe.profiles import readings
from tests.consent.scene import COMPANY, owner
from tests.financing.precredit.scene import (
    LIMIT,
    POINTS,
    STATED,
    accepted,
    applied,
    city,
    drafted,
    forget,
    know,
    publish_a_system,
    sent,
    take_part,
)
from tests.financing.scene import by, grabbed, manager, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 25))


@pytest.fixture(autouse=True)
def _city(_today: None) -> None:
    city()


def test_the_enterprise_sees_its_points_and_its_limit_before_it_asks() -> None:
    found, limits = of_the_reader(owner())
    assert found is not None
    assert (found.points.total, found.points.most) == (POINTS, 1000)
    assert [(one.rule.institution.code, one.amount, one.valid_until, one.open) for one in limits] == [
        ("bank-a", LIMIT, date(2026, 12, 31), True)
    ]
    assert FinancingRequest.objects.count() == 0


def test_nobody_else_sees_them() -> None:
    for login in ("head-bank-a", "supervisor"):
        with pytest.raises(NotYours):
            of_the_reader(by(login))


def test_a_yes_grants_the_loan_and_it_is_signed() -> None:
    order = answer(actor=manager(), number=accepted().number, clean=True, authorised=True)
    assert (order.state, order.request.state) == ("agreed", "agreed")
    offer = Offer.objects.get()
    assert (offer.state, offer.amount, offer.rate, offer.term_months) == (
        "accepted",
        Decimal("200000.00"),
        Decimal("4.200"),
        12,
    )
    assert offer.unsecured
    kept = Answer.objects.get()
    assert (kept.is_clean, kept.answered_by.login) == (True, "manager-bank-a")
    assert about(f"order:{order.number}")[1].facts == {"clean": True}
    card = order_card(owner(), order)
    assert [line.step.state for line in card.stages] == ["done", "done", "done", "done", "now", "next"]
    assert card.next == "机构与企业签订合同"
    signed = sign.sign(actor=manager(), number=order.number, contract="HT-1", amount=Decimal(200_000))
    assert (signed.state, signed.unsecured) == ("signed", True)


def test_a_no_goes_the_ordinary_way() -> None:
    number = accepted().number
    order = answer(actor=manager(), number=number, clean=False, authorised=True)
    assert (order.state, Offer.objects.count()) == ("accepted", 0)
    assert Message.objects.filter(template="precredit.ordinary", organisation=COMPANY.uscc).count() == 1
    with pytest.raises(AlreadyAnswered):
        answer(actor=manager(), number=number, clean=True, authorised=True)
    assert (Order.objects.get().state, Answer.objects.get().is_clean) == ("accepted", False)
    assert work.contacted(actor=manager(), number=number).state == "diligence"
    assert work.review(actor=manager(), number=number).state == "review"


def test_without_the_written_authorisation_nothing_is_kept() -> None:
    number = accepted().number
    with pytest.raises(WrongValue, match="书面授权"):
        answer(actor=manager(), number=number, clean=True, authorised=False)
    assert (Order.objects.get().state, Answer.objects.count()) == ("accepted", 0)


def test_only_who_handles_the_order_answers() -> None:
    number = accepted().number
    with pytest.raises(NotYourOrder):
        answer(actor=owner(), number=number, clean=True, authorised=True)
    assert Answer.objects.count() == 0


def test_an_order_that_waits_to_be_accepted_is_not_granted() -> None:
    with pytest.raises(StateChanged):
        answer(actor=manager(), number=applied().number, clean=True, authorised=True)
    assert Answer.objects.count() == 0


def test_an_ordinary_order_is_not_granted() -> None:
    order = grabbed(submitted(None, "bank-b"), "bank-b")
    assert "grant" not in order_card(manager("bank-b"), order).may
    with pytest.raises(NotByPoints):
        answer(actor=manager("bank-b"), number=order.number, clean=True, authorised=True)
    assert Answer.objects.count() == 0


@pytest.mark.parametrize(
    ("changes", "refusal", "words"),
    [
        ({"amount": Decimal(300_001)}, BeyondLimit, "30.0001 万元"),
        ({"amount": Decimal(300_001)}, BeyondLimit, "额度 30 万元"),
        ({"term_months": 13}, WrongValue, "不超过 12 个月"),
    ],
)
def test_what_goes_beyond_is_refused(changes: dict[str, object], refusal: type[Exception], words: str) -> None:
    with pytest.raises(refusal, match=words):
        applied(**changes)
    assert (FinancingRequest.objects.get().state, Order.objects.count()) == ("draft", 0)
    assert Precredit.objects.get().attached_at is None


def test_the_whole_limit_may_be_asked_for() -> None:
    assert applied(amount=Decimal(LIMIT)).request.precredit.limit == LIMIT


def test_a_rule_that_changed_before_the_draft_is_said() -> None:
    take_part(most=100_000)
    with pytest.raises(RuleChanged, match="第 1 版"):
        drafted(rule=1)
    assert FinancingRequest.objects.count() == 0


def test_a_rule_that_changed_after_the_draft_is_said() -> None:
    request = drafted()
    take_part(most=100_000)
    with pytest.raises(RuleChanged):
        sent(request)
    assert FinancingRequest.objects.get().state == "draft"


def test_data_that_grew_old_give_no_limit() -> None:
    request = drafted()
    know(as_of=date(2026, 9, 1))
    with pytest.raises(LimitExpired, match="2026-10-31"):
        sent(request)
    assert FinancingRequest.objects.get().state == "draft"


def test_points_that_fell_give_no_limit() -> None:
    request = drafted()
    know(tax_grade=None, dishonest_standing=1)
    with pytest.raises(NoLimit):
        sent(request)
    forget()
    with pytest.raises(NoLimit):
        sent(request)
    assert FinancingRequest.objects.get().state == "draft"


def test_what_was_attached_stays_as_it_was() -> None:
    order = applied()
    know(sales_12m=0)
    publish_a_system()
    take_part(most=60_000, rate=Decimal(9))
    kept = Precredit.objects.get()
    assert (kept.points, kept.most, kept.limit, kept.valid_until) == (POINTS, 1000, LIMIT, date(2026, 12, 31))
    assert kept.made_of is not None
    assert kept.made_of[1] == {"zh": "纳税", "en": "Tax", "points": 130, "most": 220}
    work.accept(actor=manager(), number=order.number)
    answer(actor=manager(), number=order.number, clean=True, authorised=True)
    assert Offer.objects.get().rate == Decimal("4.200")


def test_a_limit_that_ended_meanwhile_is_not_granted(monkeypatch: pytest.MonkeyPatch) -> None:
    number = accepted().number
    monkeypatch.setattr(clock, "today", lambda: date(2027, 1, 1))
    with pytest.raises(GrantExpired, match="2026-12-31"):
        answer(actor=manager(), number=number, clean=True, authorised=True)
    assert (Order.objects.get().state, Answer.objects.count()) == ("accepted", 0)


def test_who_takes_part_no_more_grants_nothing() -> None:
    number = accepted().number
    end(actor=by("head-bank-a"), number=1)
    assert of_the_reader(owner())[1] == []
    with pytest.raises(RuleEnded):
        answer(actor=manager(), number=number, clean=True, authorised=True)
    assert Answer.objects.count() == 0


def test_an_older_rule_published_anew_is_in_force_again() -> None:
    take_part(most=100_000)
    head = by("head-bank-a")
    publish(actor=head, number=draft(actor=head, stated=STATED).number)
    assert [(one.rule.number, one.amount) for one in of_the_reader(owner())[1]] == [(3, LIMIT)]


def test_the_bank_sees_the_points_once_it_has_come_in_and_the_enterprise_that_it_looked() -> None:
    order = applied()
    assert attached(actor=manager(), order=order) is None
    assert AccessLog.objects.count() == 0
    order = work.accept(actor=manager(), number=order.number)
    seen = attached(actor=manager(), order=order)
    assert seen is not None
    assert (seen.points, seen.limit) == (POINTS, LIMIT)
    assert readings.said(readings.readings(actor=owner()))[0].categories == ("信用积分与预授信参考额度",)


def test_a_consent_taken_back_closes_them() -> None:
    order = accepted()
    revoke(actor=owner(), number=Consent.objects.get().number)
    assert attached(actor=manager(), order=order) is None
    row = AccessLog.objects.get()
    assert (row.categories, row.withheld) == ([], ["9002"])


def test_they_close_with_the_order() -> None:
    number = accepted().number
    choose.withdraw_order(actor=owner(), number=number)
    assert attached(actor=manager(), order=Order.objects.select_related("request").get()) is None


def test_without_a_consent_that_names_them_nothing_goes_out() -> None:
    request = drafted()
    with pytest.raises(PointsNotTicked):
        sent(request, with_points=False)
    assert (FinancingRequest.objects.get().state, Order.objects.count()) == ("draft", 0)


def test_the_points_of_a_natural_person_need_a_written_consent(monkeypatch: pytest.MonkeyPatch) -> None:
    Enterprise.objects.filter(uscc=COMPANY.uscc).update(kind="9500")
    with pytest.raises(WrittenOnly):
        drafted()
    assert FinancingRequest.objects.count() == 0


def test_a_dropped_draft_leaves_nothing() -> None:
    drop(actor=owner(), number=drafted().number)
    assert (FinancingRequest.objects.count(), Precredit.objects.count()) == (0, 0)


def test_the_database_keeps_no_half_snapshot() -> None:
    request = drafted()
    with pytest.raises(IntegrityError):
        Precredit.objects.filter(request=request).update(attached_at=clock.now() - timedelta(days=1))
