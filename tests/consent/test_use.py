"""Who is admitted to what at which moment, and how uses are counted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import transaction

from jiahe.accounts.enums import OrganisationState
from jiahe.accounts.models import Organisation
from jiahe.catalogue import Authorisation
from jiahe.consent.actions.ask import ask
from jiahe.consent.actions.pause import pause, resume
from jiahe.consent.actions.refuse import refuse
from jiahe.consent.actions.revoke import revoke
from jiahe.consent.actions.use import Admission, admit, admit_many
from jiahe.consent.models import Consent, ConsentUse
from jiahe.consent.terms import Refusal, Subject
from tests.consent.scene import COMPANY, OTHER, TODAY, TRADER, bank, given, manager, monthly, owner, settle, terms

pytestmark = pytest.mark.django_db

Clock = Callable[[str], None]


@pytest.fixture(autouse=True)
def at(monkeypatch: pytest.MonkeyPatch) -> Clock:
    def set_clock(moment: str) -> None:
        monkeypatch.setenv("JIAHE_NOW", moment)

    set_clock("2026-11-25T10:00")
    settle(COMPANY, TRADER)
    return set_clock


def look(
    purpose: str = "pre_loan", *, of: Subject = COMPANY, by: str = "bank-a", categories: tuple[str, ...] = ("0201",)
) -> Admission:
    with transaction.atomic():
        return admit(actor=manager(by), enterprise=of, purpose=purpose, categories=categories)


def why(purpose: str = "pre_loan", **named: str) -> Refusal | None:
    return look(purpose, **named).ordinary.refusal  # type: ignore[arg-type]  # names of organisations only


def test_a_consent_opens_what_it_names_from_the_look_back_on() -> None:
    consent = given()
    right = look().ordinary
    assert (right.refusal, right.consent, right.since) == (None, consent.number, date(2025, 9, 25))
    assert (right.to("0201"), right.to("0202"), right.to("0203")) == (None, None, Refusal.NOT_NAMED)


def test_without_a_consent_nothing_opens_and_nothing_is_counted() -> None:
    admission = look()
    assert (admission.ordinary.refusal, admission.written.refusal) == (Refusal.NONE, Refusal.NOT_WRITTEN)
    assert ConsentUse.objects.count() == 0


def test_neither_another_purpose_nor_another_bank_is_let_in() -> None:
    bank("bank-b")
    given()
    assert (why("post_loan"), why(by="bank-b")) == (Refusal.NONE, Refusal.NONE)
    assert ConsentUse.objects.count() == 0


def test_paused_resumed_and_revoked_count_for_the_very_next_read() -> None:
    number = given().number
    assert why() is None
    pause(actor=owner(), number=number)
    assert why() is Refusal.PAUSED
    resume(actor=owner(), number=number)
    assert why() is None
    revoke(actor=owner(), number=number)
    assert why() is Refusal.REVOKED
    assert ConsentUse.objects.count() == 1


def test_time_ends_a_consent_without_any_job(at: Clock) -> None:
    given()
    at("2026-12-24T23:59")
    assert why() is None
    at("2026-12-25T00:00")
    assert why() is Refusal.EXPIRED
    assert Consent.objects.get().state == "active"


def test_one_use_is_what_is_read_within_a_day_of_its_first_read(at: Clock) -> None:
    given(monthly(2))
    for moment in ("2026-11-25T10:00", "2026-11-26T09:59", "2026-11-26T10:00", "2026-11-27T09:00"):
        at(moment)
        assert why("post_loan") is None
    assert ConsentUse.objects.count() == 2
    at("2026-11-27T10:00")
    assert why("post_loan") is Refusal.FREQUENCY
    at("2026-11-30T23:59")
    assert why("post_loan") is Refusal.FREQUENCY
    at("2026-12-01T00:00")
    assert why("post_loan") is None
    assert list(ConsentUse.objects.values_list("number", flat=True).order_by("number")) == [1, 2, 3]


def test_an_order_is_read_until_it_closes_and_a_consent_without_one_is_good_for_one_use(at: Clock) -> None:
    given(terms(subject_ref=""))
    assert why() is None
    at("2026-11-26T10:00")
    assert why() is Refusal.USED_UP
    given()
    assert why() is None
    at("2026-11-28T10:00")
    assert why() is None


def test_what_a_consent_does_not_name_uses_nothing_up() -> None:
    given()
    assert look(categories=("0203",)).ordinary.refusal is None
    assert ConsentUse.objects.count() == 0


def test_a_person_s_tax_waits_for_the_written_consent() -> None:
    given(terms(categories=("0201",)), by=TRADER)
    admission = look(of=TRADER, categories=("0201", "0202"))
    assert admission.right(Authorisation.A1).to("0201") is None
    assert admission.right(Authorisation.R).to("0202") is Refusal.NOT_WRITTEN
    given(terms(categories=("0202",), written=True), by=TRADER)
    admission = look(of=TRADER, categories=("0201", "0202"))
    assert (admission.right(Authorisation.R).to("0202"), admission.right(Authorisation.A1).to("0201")) == (None, None)
    assert ConsentUse.objects.count() == 2


def test_what_the_bank_tells_the_platform_opens_no_reading() -> None:
    given(terms(purpose="feedback", direction="to_platform", categories=("disbursement",), lookback_months=0))
    assert (why("feedback"), why()) == (Refusal.NONE, Refusal.NONE)


@pytest.mark.parametrize(("code", "refusal"), [(COMPANY.uscc, Refusal.FROZEN), ("bank-a", Refusal.NONE)])
def test_a_frozen_enterprise_or_bank_closes_the_consent_until_it_is_active_again(code: str, refusal: Refusal) -> None:
    given()
    organisation = Organisation.objects.filter(code=code)
    organisation.update(state=OrganisationState.FROZEN)
    assert why() is refusal
    organisation.update(state=OrganisationState.ACTIVE)
    assert why() is None


def test_a_new_consent_takes_the_place_of_the_old_one() -> None:
    old = given()
    new = given(terms(categories=("0201",), valid_until=TODAY + timedelta(days=10)))
    old.refresh_from_db()
    assert (old.state, new.replaces_id) == ("replaced", old.pk)
    right = look().ordinary
    assert (right.consent, right.to("0202")) == (new.number, Refusal.NOT_NAMED)


def test_what_runs_goes_on_while_another_is_asked_for_and_after_that_was_refused() -> None:
    given()
    asked = ask(actor=manager(), uscc=COMPANY.uscc, terms=terms())
    assert why() is None
    refuse(actor=owner(), number=asked.number)
    assert why() is None


def test_many_are_admitted_at_once(django_assert_max_num_queries: Callable[[int], object]) -> None:
    settle_other = [Subject(serial, f"X{serial}") for serial in range(10, 3000)]
    given()
    actor = manager()
    with django_assert_max_num_queries(3):  # type: ignore[attr-defined]  # gates on PostgreSQL, consents, uses that begin
        found = admit_many(
            actor=actor, enterprises=[COMPANY, TRADER, *settle_other], purpose="pre_loan", categories=["0201"]
        )
    assert found[COMPANY.serial].ordinary.refusal is None
    assert {a.ordinary.refusal for s, a in found.items() if s != COMPANY.serial} == {Refusal.NONE}
    assert len(found) == 2992
    assert OTHER.serial not in found
