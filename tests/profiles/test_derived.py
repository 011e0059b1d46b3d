"""Who is shown a score through the door: the enterprise itself, and whoever has its consent; nobody who looks after data."""

from __future__ import annotations

import pytest

from jiahe import profiles
from jiahe.audit.models import AccessLog
from jiahe.consent.actions.revoke import revoke
from jiahe.consent.errors import Closed
from jiahe.kit.actor import Actor
from jiahe.kit.errors import JiaheError
from jiahe.profiles.derived import SCORE, changes, known
from tests.consent.scene import COMPANY, bank, given, manager, owner, settle, terms
from tests.profiles.files import SEPARATE, hold
from tests.scoring.told import settle_score

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture(autouse=True)
def scene(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIAHE_NOW", "2026-11-25T10:00")
    settle(COMPANY)
    hold(SEPARATE, COMPANY.serial, {})
    settle_score()


def _scores(actor: Actor, purpose: str, categories: list[str] | None = None) -> list[int | None]:
    found = profiles.read(actor=actor, enterprise=COMPANY.uscc, categories=categories, purpose=purpose)
    return [told.score for told in found.derived.values()]


def test_the_enterprise_sees_its_own() -> None:
    assert _scores(owner(), "own") == [712]


@pytest.mark.parametrize(
    ("role", "organisation"), [("data_officer", "authority"), ("department_clerk", "02"), ("department_clerk", "00")]
)
def test_those_who_look_after_data_are_shown_none_and_asked_for_it_nothing(role: str, organisation: str) -> None:
    actor = Actor(None, role, organisation, role, "web")
    assert _scores(actor, "data_quality") == []
    assert _scores(actor, "data_quality", [SCORE]) == []
    assert not any(SCORE in row.categories for row in AccessLog.objects.all())


def test_an_institution_needs_a_consent_that_names_it_until_that_is_revoked() -> None:
    with pytest.raises(JiaheError):
        _scores(manager(), "pre_loan", [SCORE])
    number = given(terms(categories=(SCORE,))).number
    assert _scores(manager(), "pre_loan", [SCORE]) == [712]
    with pytest.raises(JiaheError):
        _scores(bank("bank-b"), "pre_loan", [SCORE])
    revoke(actor=owner(), number=number)
    with pytest.raises(Closed):
        _scores(manager(), "pre_loan", [SCORE])


def test_a_consent_to_the_records_does_not_open_what_is_made_of_them() -> None:
    given(terms(categories=(SEPARATE,)))
    assert _scores(manager(), "pre_loan") == []


def test_nothing_more_is_told_where_no_score_was_shown() -> None:
    assert changes({}, 5) == []
    assert known({}, ["age"]) == {}
