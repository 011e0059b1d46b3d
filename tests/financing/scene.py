"""An enterprise that needs money and three banks with their people."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from jiahe.accounts.actions.enrol import authority
from jiahe.accounts.enums import Role
from jiahe.accounts.models import Branch, User
from jiahe.catalogue import load
from jiahe.consent.actions.offer import drafts, offer_words
from jiahe.consent.draft import separate_ones
from jiahe.consent.terms import Terms
from jiahe.creditfile.models import Enterprise
from jiahe.financing.actions.claim import claim
from jiahe.financing.actions.decide import Terms as OfferTerms
from jiahe.financing.actions.decide import offer
from jiahe.financing.actions.draft import begin
from jiahe.financing.actions.submit import submit
from jiahe.financing.actions.work import contacted, review
from jiahe.financing.enums import Channel, Mode
from jiahe.financing.models import FinancingRequest, Order
from jiahe.financing.refs import request_ref
from jiahe.kit import clock
from jiahe.kit.actor import Actor
from tests import people
from tests.consent.scene import COMPANY, owner, terms

BANKS = ("bank-a", "bank-b", "bank-c", "bank-d")
SYSTEM = Actor.system()
FACTS: dict[str, Any] = {
    "amount": Decimal(1_000_000),
    "term_months": 12,
    "purpose": "working_capital",
    "guarantees": ["credit"],
    "own_application": True,
    "contact": "财务",
    "phone": "13800138000",
}
OFFERED = OfferTerms(
    amount=Decimal(800_000),
    rate=Decimal("3.85"),
    term_months=12,
    guarantees=("credit",),
    repayment="interest_first",
)


def settle(*, banks: tuple[str, ...] = BANKS) -> None:
    """The enterprise with its representative, each bank with a branch, its manager and administrators, a supervisor."""
    Enterprise.objects.create(
        serial=COMPANY.serial, uscc=COMPANY.uscc, name="甲公司", kind=COMPANY.kind, area="330421", industry="C17"
    )
    people.representative(f"owner-{COMPANY.serial}", COMPANY.uscc)
    for code in banks:
        settle_bank(code)
    people.person("supervisor", Role.SUPERVISOR, authority("测试主管部门"))


def settle_bank(code: str) -> None:
    bank = people.bank(code)
    branch = Branch.objects.create(institution=bank, code="001", name="嘉善支行", area="330421")
    people.person(f"manager-{code}", Role.ACCOUNT_MANAGER, bank, branch=branch)
    people.person(f"colleague-{code}", Role.ACCOUNT_MANAGER, bank, branch=branch)
    people.person(f"branch-{code}", Role.BRANCH_ADMIN, bank, branch=branch)
    people.person(f"head-{code}", Role.HEAD_ADMIN, bank)


def by(login: str) -> Actor:
    """The person of a login, acting."""
    return people.actor(User.objects.get(login=login))


def manager(code: str = "bank-a") -> Actor:
    return by(f"manager-{code}")


def draft(mode: Mode = Mode.GRAB, **facts: Any) -> FinancingRequest:
    """What the owner has filled in."""
    product = facts.pop("product", None)
    return begin(actor=owner(), mode=mode, channel=Channel.MARKETPLACE, product=product, **(FACTS | facts))


def consent_terms(request: FinancingRequest) -> Terms:
    """The terms that go with it, from today on."""
    today = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    return replace(terms(), subject_ref=request_ref(request), valid_from=today, valid_until=today + timedelta(days=30))


def submitted(request: FinancingRequest | None = None, *banks: str) -> FinancingRequest:
    """A request that its owner sent out to some banks (all of them where none is named), with one click."""
    request = request or draft()
    named, agreed = list(banks or BANKS), consent_terms(request)
    shown = offer_words(drafts(uscc=COMPANY.uscc, grantees=named, terms=agreed), "zh-hans")
    codes = [code for code in agreed.categories if code in load().categories]
    return submit(
        actor=owner(),
        number=request.number,
        institutions=named,
        terms=agreed,
        agreed=shown.digest,
        separately=list(separate_ones(codes)),
        language="zh-hans",
    )


def grabbed(request: FinancingRequest, code: str = "bank-a") -> Order:
    """The order of the bank that grabbed it."""
    return claim(actor=manager(code), number=request.number, amount=Decimal(900_000), rate=Decimal("3.9"))


def offered(order: Order) -> Order:
    """The order with an offer on the table."""
    who = manager(order.institution.code)
    contacted(actor=who, number=order.number)
    review(actor=who, number=order.number)
    offer(actor=who, number=order.number, terms=OFFERED)
    order.refresh_from_db()
    return order
