"""Who a session belongs to: the same people and memberships that the slow way finds."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.forms.models import model_to_dict
from django.utils import timezone

from jiahe.accounts.actor import memberships
from jiahe.accounts.enums import MembershipState, OrganisationKind, OrganisationState, Role
from jiahe.accounts.models import Branch, Membership, Organisation, User
from jiahe.accounts.recognition import Recognition
from jiahe.accounts.session_store import SessionStore
from jiahe.kit import clock
from tests.people import bank, organisation, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def teller() -> User:
    branch = Branch.objects.create(institution=bank(), code="01", name="城中支行")
    user = person("teller", Role.ACCOUNT_MANAGER, bank(), branch=branch)
    for code, kind, role in (
        ("bank-b", OrganisationKind.INSTITUTION, Role.HEAD_ADMIN),
        ("agency", OrganisationKind.AGENCY, Role.RATER),
    ):
        of = organisation(code, kind)
        Membership.objects.create(user=user, organisation=of, role=role, since=clock.now(), granted_by="x")
    return user


def recognised(user: User) -> User:
    found = Recognition().get_user(user.pk)
    assert found is not None
    return found


def told(found: list[Membership]) -> list[tuple[dict[str, Any], ...]]:
    """All that is known of memberships, their organisations and branches."""
    parts = [(m, m.organisation, m.branch) for m in found]
    return [tuple(model_to_dict(p) if p else {} for p in some) for some in parts]


def test_it_is_the_person_with_all_they_may_act_under(teller: User) -> None:
    found = recognised(teller)
    assert model_to_dict(found) == model_to_dict(User.objects.get(pk=teller.pk))
    assert (found.created_at, found.is_active) == (teller.created_at, True)
    assert found.acting_under is not None
    assert told(found.acting_under) == told(list(memberships(teller)))
    assert [m.organisation.code for m in found.acting_under] == ["bank-a", "bank-b", "agency"]
    assert [m.since for m in found.acting_under] == [m.since for m in memberships(teller)]
    assert all(m.user is found for m in found.acting_under)


@pytest.mark.parametrize(
    ("model", "code", "change"),
    [
        (Membership, "bank-b", {"state": MembershipState.ENDED}),
        (Organisation, "bank-b", {"state": OrganisationState.CLOSED}),
        (Organisation, "agency", {"filed_until": date(2020, 1, 1)}),
    ],
)
def test_nobody_acts_under_what_has_ended(
    teller: User, model: type[Membership | Organisation], code: str, change: dict[str, Any]
) -> None:
    by = {"organisation__code": code} if model is Membership else {"code": code}
    model.objects.filter(**by).update(**change)
    found = recognised(teller).acting_under
    assert found is not None
    assert {m.organisation.code for m in found} == {"bank-a", "bank-b", "agency"} - {code}
    assert told(found) == told(list(memberships(teller)))


def test_a_person_without_a_membership_is_recognised_and_a_closed_account_is_not(teller: User) -> None:
    Membership.objects.all().delete()
    assert recognised(teller).acting_under == []
    User.objects.update(is_active=False)
    assert Recognition().get_user(teller.pk) is None
    assert Recognition().get_user(teller.pk + 1) is None


def test_a_session_that_has_ended_is_empty_and_has_no_key() -> None:
    kept = SessionStore()
    kept["goal"] = "/"
    kept.save()
    key = kept.session_key
    assert (SessionStore(key).load(), SessionStore("x" * 32).load()) == ({"goal": "/"}, {})
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    ended = SessionStore(key)
    assert (dict(ended.items()), ended.session_key) == ({}, None)
