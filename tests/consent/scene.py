"""Enterprises, a bank, and terms that keep within the ceilings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from jiahe.accounts.enums import Role
from jiahe.catalogue import load
from jiahe.consent.actions.give import give
from jiahe.consent.actions.offer import claim, drafts, offer, offer_words
from jiahe.consent.draft import draft, separate_ones
from jiahe.consent.models import Consent
from jiahe.consent.queries.stored import between
from jiahe.consent.terms import Subject, Terms
from jiahe.creditfile.models import Enterprise
from jiahe.kit.actor import Actor
from jiahe.kit.clock import ZONE
from tests import people

COMPANY = Subject(1, "91330100799655058B", "1130")
TRADER = Subject(2, "92330421MA29H4555E", "9500")
OTHER = Subject(3, "91440300192317458F", "1130")
NOW = datetime(2026, 11, 25, 10, 0, tzinfo=ZONE)
TODAY = NOW.replace(hour=0)
ORDINARY = ("0201", "0202")  # A1 and A2 of a company


def settle(*subjects: Subject) -> None:
    """Register enterprises, each with its representative `owner-SERIAL`, and the bank with its manager."""
    for subject in subjects:
        Enterprise.objects.create(
            serial=subject.serial, uscc=subject.uscc, name=f"甲{subject.serial}", kind=subject.kind
        )
        people.representative(f"owner-{subject.serial}", subject.uscc)
    bank("bank-a")


def bank(code: str) -> Actor:
    user = people.person(f"manager-{code}", Role.ACCOUNT_MANAGER, people.bank(code))
    return people.actor(user)


def owner(subject: Subject = COMPANY) -> Actor:
    """The enterprise's verified representative."""
    return Actor(
        _id(f"owner-{subject.serial}"),
        f"owner-{subject.serial}",
        subject.uscc,
        "enterprise_admin",
        "portal",
        representative=True,
    )


def manager(code: str = "bank-a") -> Actor:
    return Actor(_id(f"manager-{code}"), f"manager-{code}", code, "account_manager", "portal")


def _id(login: str) -> int:
    from jiahe.accounts.models import User

    return User.objects.values_list("pk", flat=True).get(login=login)


def terms(**changes: Any) -> Terms:
    """One-time, before a loan, for one order, for thirty days."""
    base = Terms(
        purpose="pre_loan",
        direction="to_institution",
        categories=ORDINARY,
        kind="one_time",
        valid_from=TODAY,
        valid_until=TODAY + timedelta(days=30),
        lookback_months=14,
        data_life_days=180,
        subject_ref="order:1",
    )
    return replace(base, **changes)


def monthly(times: int = 5, **changes: Any) -> Terms:
    """Periodic, after a loan."""
    fixed = {"purpose": "post_loan", "kind": "periodic", "per_month": times, "valid_until": TODAY + timedelta(days=365)}
    return terms(**(fixed | changes))


def given(agreed: Terms | None = None, *, by: Subject = COMPANY, to: str = "bank-a", request: str = "") -> Consent:
    """A consent that the owner read and gave."""
    wanted = agreed or terms()
    shown = draft(uscc=by.uscc, grantee=to, terms=wanted).words("zh-hans")
    return give(
        actor=owner(by),
        grantee=to,
        terms=wanted,
        agreed=shown.digest,
        language="zh-hans",
        separately=ticked(wanted.categories),
        request=request,
    )


def offered(*banks: str) -> list[Consent]:
    """Pending consents of an open request, `request:1`."""
    agreed = terms(subject_ref="request:1")
    made = drafts(uscc=COMPANY.uscc, grantees=banks, terms=agreed)
    shown = offer_words(made, "zh-hans")
    return offer(
        actor=owner(),
        grantees=banks,
        terms=agreed,
        agreed=shown.digest,
        separately=ticked(agreed.categories),
        language="zh-hans",
    )


@transaction.atomic
def claimed(actor: Actor, order_ref: str) -> Consent:
    """The consent of `request:1`, in force for the order that an institution took."""
    known = between(COMPANY.serial, actor.organisation)()
    return claim(actor=actor, known=known, request_ref="request:1", order_ref=order_ref)


def ticked(categories: Sequence[str]) -> list[str]:
    return list(separate_ones([code for code in categories if code in load().readable]))
