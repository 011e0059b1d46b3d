"""The one door: what is masked, hidden and marked, that every read and refusal is logged, and nothing else changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jiahe import profiles
from jiahe.accounts.enums import OrganisationKind, OrganisationState, Role
from jiahe.accounts.errors import OrganisationNotActive
from jiahe.accounts.models import Organisation
from jiahe.audit.models import AccessLog, Entry
from jiahe.catalogue import load
from jiahe.consent.actions.pause import pause, resume
from jiahe.consent.actions.revoke import revoke
from jiahe.consent.errors import Closed
from jiahe.consent.models import Consent, ConsentUse
from jiahe.creditfile.models import Enterprise, EnterpriseName, RecordMark
from jiahe.gathering.actions.gather import gather
from jiahe.gathering.delivery import Delivery
from jiahe.kit.actor import Actor
from jiahe.kit.errors import JiaheError
from jiahe.profiles import Profile
from jiahe.profiles.errors import NoSuchEnterprise, NotAllowed, NothingOpen
from tests import people
from tests.consent.scene import COMPANY, OTHER, TRADER, bank, given, manager, monthly, owner, settle, terms
from tests.profiles.files import MIXED, OPEN, ORDINARY, SEPARATE, WRITTEN, hold

pytestmark = pytest.mark.django_db(databases="__all__")

Clock = Callable[[str], None]
OFFICER = Actor(None, "officer", "authority", "data_officer", "web")
TAXPAYER = (
    "统一社会信用代码,企业名称,法定代表人姓名,财务负责人姓名,财务负责人移动电话\n"
    f"{COMPANY.uscc},甲公司,张三丰,李四光,17000000001\n"
)


@pytest.fixture(autouse=True)
def at(monkeypatch: pytest.MonkeyPatch) -> Clock:
    def set_clock(moment: str) -> None:
        monkeypatch.setenv("JIAHE_NOW", moment)

    set_clock("2026-11-25T10:00")
    settle(COMPANY, TRADER)
    hold(OPEN, OTHER.serial, {"change_item": "of somebody else"})
    return set_clock


@pytest.fixture
def taxpayer(tmp_path: Path) -> None:
    file = tmp_path / "0201.csv"
    file.write_text(TAXPAYER, encoding="utf-8")
    gather(actor=Actor.system(), delivery=Delivery(load().categories["0201"], [file], source="02"))


def read(*categories: str, by: Actor | None = None, purpose: str = "pre_loan", of: str = COMPANY.uscc) -> Profile:
    """As bank A before a loan, unless told otherwise."""
    return profiles.read(actor=by or manager(), enterprise=of, categories=categories, purpose=purpose)


def why(*categories: str, **as_read: str) -> str:
    """The code of the refusal."""
    with pytest.raises(JiaheError) as refused:
        read(*categories, **as_read)  # type: ignore[arg-type]  # purposes only
    return refused.value.code


def keys(profile: Profile, code: str) -> list[str]:
    return [r.key for r in profile.records.get(code, [])]


def withheld(profile: Profile) -> dict[str, str]:
    return {w.category: w.reason for w in profile.withheld}


@pytest.mark.usefixtures("taxpayer")
def test_a_data_officer_sees_duties_in_full_and_private_persons_masked() -> None:
    values = read("0201", by=OFFICER, purpose="data_quality").records["0201"][0].values
    assert values["legal_representative"] == "张三丰"
    assert values["finance_head"] == "李**"
    assert values["finance_phone"] == "170******01"


@pytest.mark.usefixtures("taxpayer")
def test_a_bank_sees_private_persons_masked_and_the_enterprise_its_own_people() -> None:
    given(terms(categories=("0201",)))
    assert read("0201").records["0201"][0].values["finance_head"] == "李**"
    values = read("0201", by=owner(), purpose="own").records["0201"][0].values
    assert (values["finance_head"], values["finance_phone"]) == ("李四光", "170******01")


def test_a_read_is_logged_with_what_was_asked_shown_and_withheld_and_the_consent() -> None:
    number = given(terms(categories=(ORDINARY,))).number
    hold(ORDINARY, 1, {"insurance_kind": "a"}, {"insurance_kind": "b"})
    profile = read(OPEN, ORDINARY, SEPARATE, WRITTEN)
    assert withheld(profile) == {SEPARATE: "not_named", WRITTEN: "not_written"}
    assert profile.consents == (number,)
    row = AccessLog.objects.get()
    assert (row.login, row.organisation, row.role, row.channel) == (
        "manager-bank-a",
        "bank-a",
        "account_manager",
        "portal",
    )
    assert (row.serial, row.uscc, row.purpose, row.records) == (1, COMPANY.uscc, "pre_loan", 2)
    assert (row.categories, row.withheld, row.consents) == ([OPEN, ORDINARY], [SEPARATE, WRITTEN], [number])
    assert row.at == profile.read_at


@pytest.mark.parametrize(
    ("role", "purpose"),
    [
        ("supervisor", "data_quality"),
        ("data_officer", "pre_loan"),
        ("account_manager", "own"),
        ("account_manager", "feedback"),
        ("enterprise_admin", "pre_loan"),
        ("system_admin", "data_quality"),
        ("system", "data_quality"),
        ("", ""),
    ],
)
def test_nobody_else_and_no_other_purpose_is_let_in_and_nothing_is_logged(role: str, purpose: str) -> None:
    with pytest.raises(NotAllowed):
        read(OPEN, by=replace(OFFICER, role=role), purpose=purpose)
    assert AccessLog.objects.count() == 0


def test_an_unknown_enterprise_is_said_and_not_logged() -> None:
    with pytest.raises(NoSuchEnterprise) as refused:
        read(OPEN, by=OFFICER, purpose="data_quality", of=OTHER.uscc)
    assert refused.value.sentence == "没有统一社会信用代码为“91440300192317458F”的企业：请核对后重试。"
    assert AccessLog.objects.count() == 0


def test_a_code_of_any_length_is_answered_with_a_short_sentence() -> None:
    with pytest.raises(NoSuchEnterprise) as refused:
        read(OPEN, by=OFFICER, purpose="data_quality", of="９" * 10_000_000)
    assert len(refused.value.sentence) < 100
    with pytest.raises(NothingOpen):
        read(OPEN, of="九" * 10_000_000)
    assert AccessLog.objects.get().uscc == "九" * 18


@pytest.mark.parametrize("state", [OrganisationState.FROZEN, OrganisationState.CLOSED])
def test_nobody_reads_for_an_organisation_that_is_frozen_or_closed(state: str) -> None:
    given(terms(categories=(ORDINARY,)))
    for code, by, purpose in (("bank-a", manager(), "pre_loan"), (COMPANY.uscc, owner(), "own")):
        Organisation.objects.filter(code=code).update(state=state)
        with pytest.raises(OrganisationNotActive):
            read(OPEN, ORDINARY, by=by, purpose=purpose)
    with pytest.raises(NotAllowed):
        read(OPEN, by=replace(manager(), organisation="nowhere"))
    assert (AccessLog.objects.count(), ConsentUse.objects.count()) == (0, 0)


def test_the_look_back_hides_what_is_older_but_not_how_things_are_now() -> None:
    given(terms(categories=("0702", "0201"), lookback_months=14))
    months = [{"insurance_kind": "a", "period": f"2025-{month:02}-01"} for month in (8, 9, 10)]
    hold("0702", 1, *months, {"insurance_kind": "b", "period": "2025-09-25"})
    hold("0201", 1, {"registered_on": "2001-01-01"})
    profile = read("0702", "0201")
    assert [r.business_date for r in profile.records["0702"]] == [date(2025, 10, 1), date(2025, 9, 25)]
    assert len(profile.records["0201"]) == 1
    assert len(read("0702", by=owner(), purpose="own").records["0702"]) == 4


def test_repaired_records_vanish_for_outsiders_and_disputed_ones_say_so() -> None:
    hold(OPEN, 1, *({"change_item": item, "changed_on": "2026-01-01"} for item in "abc"))
    for item, kind in (("a", "repaired"), ("b", "disputed")):
        key = f"{item}|2026-01-01"
        RecordMark.objects.create(serial=1, category=OPEN, record_key=key, kind=kind, since=date(2026, 11, 1))
    seen = {
        by.role: read(OPEN, by=by, purpose=p).records[OPEN] for by, p in ((manager(), "pre_loan"), (owner(), "own"))
    }
    assert [(r.key[0], r.disputed) for r in seen["account_manager"]] == [("c", False), ("b", True)]
    assert [(r.key[0], r.repaired) for r in seen["enterprise_admin"]] == [("c", False), ("b", False), ("a", True)]


def test_publicity_ends_for_outsiders_and_retention_for_everybody() -> None:
    record = {"decision_no": "1", "decided_on": "2025-01-01"}
    hold(
        "0703",
        1,
        record | {"_open_until": "2026-11-24"},
        record | {"decision_no": "2", "_open_until": "2026-11-25"},
        record | {"decision_no": "3", "_retained_until": "2026-11-24"},
    )
    assert keys(read("0703"), "0703") == ["2"]
    assert keys(read("0703", by=owner(), purpose="own"), "0703") == ["2", "1"]


def test_each_record_of_a_category_is_opened_by_its_own_class() -> None:
    matters = {"penalty": "1", "petition": "2", "other": "3"}
    hold(MIXED, 1, *({"matter": m, "matter_no": n, "decided_on": "2026-01-01"} for m, n in matters.items()))
    assert keys(profile := read(MIXED), MIXED) == ["1"]
    assert withheld(profile) == {MIXED: "none"}
    given(terms(categories=(MIXED,)))
    assert keys(profile := read(MIXED), MIXED) == ["3", "1"]
    assert withheld(profile) == {MIXED: "not_written"}
    given(terms(categories=(MIXED,), written=True))
    assert keys(profile := read(MIXED), MIXED) == ["3", "2", "1"]
    assert withheld(profile) == {}


def test_paused_resumed_and_revoked_stop_and_open_the_very_next_read() -> None:
    number = given(terms(categories=(ORDINARY,))).number
    read(ORDINARY)
    pause(actor=owner(), number=number)
    assert why(ORDINARY) == "consent.paused"
    assert withheld(read(OPEN, ORDINARY)) == {ORDINARY: "paused"}
    resume(actor=owner(), number=number)
    read(ORDINARY)
    revoke(actor=owner(), number=number)
    assert why(ORDINARY) == "consent.revoked"
    assert withheld(read(OPEN, ORDINARY, WRITTEN)) == {ORDINARY: "revoked", WRITTEN: "not_written"}


def test_an_expired_consent_and_one_whose_uses_are_gone_stop_the_very_next_read(at: Clock) -> None:
    given(terms(categories=(ORDINARY,), subject_ref=""))
    given(monthly(1, categories=(ORDINARY,)))
    read(ORDINARY)
    read(ORDINARY, purpose="post_loan")
    at("2026-11-26T10:00")
    assert (why(ORDINARY), why(ORDINARY, purpose="post_loan")) == ("consent.used_up", "consent.frequency")
    at("2026-12-25T00:00")
    assert why(ORDINARY) == "consent.expired"
    read(ORDINARY, purpose="post_loan")


def test_a_refusal_is_logged_and_changes_nothing_else() -> None:
    number = given(terms(categories=(ORDINARY,))).number
    hold(ORDINARY, 1, {"insurance_kind": "a"})
    revoke(actor=owner(), number=number)
    before = (list(Consent.objects.values()), ConsentUse.objects.count(), Entry.objects.count())
    with pytest.raises(Closed) as refused:
        read(ORDINARY, SEPARATE)
    assert (refused.value.code, refused.value.status) == ("consent.revoked", 403)
    row = AccessLog.objects.get()
    assert (row.serial, row.records, row.categories, row.consents) == (1, 0, [], [])
    assert row.withheld == [ORDINARY, SEPARATE]
    assert before == (list(Consent.objects.values()), ConsentUse.objects.count(), Entry.objects.count())


def test_what_is_open_to_everybody_uses_no_consent() -> None:
    given(terms(categories=(ORDINARY,), subject_ref=""))
    hold(OPEN, 1, {"change_item": "a", "changed_on": "2026-01-01"})
    assert (len(read(OPEN).records[OPEN]), read(OPEN).consents, ConsentUse.objects.count()) == (1, (), 0)


def test_a_clerk_reads_what_the_own_department_supplied_in_full() -> None:
    hold("0201", 1, {"finance_head": "李四光"})
    department = people.organisation("02", OrganisationKind.DEPARTMENT)
    clerk = people.actor(people.person("clerk", Role.DEPARTMENT_CLERK, department))
    profile = read("0201", OPEN, by=clerk, purpose="data_quality")
    assert profile.records["0201"][0].values["finance_head"] == "李四光"
    assert withheld(profile) == {OPEN: "other_department"}


def test_the_consents_of_another_bank_change_no_word_of_an_answer() -> None:
    bank("bank-b")
    hold(OPEN, 1, {"change_item": "a", "changed_on": "2026-01-01"})
    before, refused = read(OPEN, ORDINARY, WRITTEN, by=manager("bank-b")), why(ORDINARY)
    given(terms(categories=(ORDINARY,)), to="bank-a")
    after = read(OPEN, ORDINARY, WRITTEN, by=manager("bank-b"))
    assert replace(after, read_at=before.read_at) == before
    with pytest.raises(NothingOpen) as again:
        read(ORDINARY, by=manager("bank-b"))
    assert again.value.code == refused


def test_the_head_has_the_registrys_facts_and_the_former_names_the_oldest_first() -> None:
    Enterprise.objects.filter(serial=COMPANY.serial).update(established_on=date(2001, 2, 3), generated=True)
    for name, on in (("丙公司", date(2020, 1, 1)), ("乙公司", date(2010, 1, 1))):
        EnterpriseName.objects.create(enterprise_id=COMPANY.serial, name=name, replaced_on=on)
    EnterpriseName.objects.create(enterprise_id=TRADER.serial, name="丁公司", replaced_on=date(2010, 1, 1))
    given(terms(categories=(ORDINARY,)))
    head = read(ORDINARY).enterprise
    assert (head.uscc, head.former_names) == (COMPANY.uscc, ("乙公司", "丙公司"))
    assert (head.established_on, head.generated) == (date(2001, 2, 3), True)


def test_a_read_takes_few_statements_in_its_transaction() -> None:
    """Who and whom, the consents, the marks, the log; on PostgreSQL the gate and the documents too."""
    given(terms(categories=(ORDINARY,)))
    actor = manager()
    read(ORDINARY, by=actor)
    with CaptureQueriesContext(connection) as queries:
        read(ORDINARY, by=actor)
    begun, *statements, ended = (q["sql"].split(maxsplit=1)[0] for q in queries)
    selects = 5 if connection.vendor == "postgresql" else 3
    assert (begun, statements, ended) == ("SAVEPOINT", ["SELECT"] * selects + ["INSERT"], "RELEASE")
