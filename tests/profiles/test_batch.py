"""Batch reads: the same records, marks, masks and refusals as reading one by one, and a log row for each enterprise."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from jiahe import profiles
from jiahe.accounts.actions.enrol import authority
from jiahe.accounts.enums import OrganisationKind, OrganisationState, Role
from jiahe.accounts.errors import OrganisationNotActive
from jiahe.accounts.models import Organisation
from jiahe.audit.models import AccessLog
from jiahe.catalogue import Category, ItemType, load
from jiahe.consent.actions.revoke import revoke
from jiahe.consent.models import ConsentUse
from jiahe.consent.terms import Subject
from jiahe.creditfile.models import Enterprise, RecordMark
from jiahe.kit.actor import Actor
from jiahe.kit.errors import JiaheError
from jiahe.profiles import Batch, Record
from jiahe.profiles.errors import NoSuchEnterprise, NotAllowed
from tests import people
from tests.consent.scene import COMPANY, OTHER, bank, given, manager, owner, terms
from tests.lake.deliveries import deliver

pytestmark = pytest.mark.django_db(databases="__all__")

CATEGORIES = ("0201", "0202", "0402", "0703", "1204")
TRADER = Subject(2, "92330421MA29H4555B", "9500")
NAMES = {COMPANY.uscc: "company", TRADER.uscc: "trader", OTHER.uscc: "ended"}
EVERYBODY = (COMPANY, TRADER, OTHER)
UNKNOWN = "91110108551385082Q"


# By category: the columns, and the lines of each enterprise.
DELIVERED = {
    "0201": (
        "uscc,name,legal_representative,finance_head,finance_phone,registered_on",
        ["甲公司,张三丰,李四光,17000000001,2001-01-01"],
    ),
    "0202": ("uscc,name,period,sales_total", [f"甲,{month},12345.67" for month in ("2024-01", "2025-10", "2026-10")]),
    "0402": (
        "uscc,name,decision_no,decided_on,severity",
        ["甲,1,2026-10-01,minor", *(f"甲,{n},2026-10-01,general" for n in "234")],
    ),
    "0703": (
        "uscc,name,decision_no,decided_on,severity",
        ["甲,1,2026-10-01,general", "甲,2,2025-01-01,general", "甲,3,2020-01-01,serious"],
    ),
    "1204": ("uscc,name,matter,matter_no,decided_on", ["甲,penalty,1,2026-10-01", "甲,petition,2,2026-10-01"]),
}
MARKS = (("3", "repaired", None), ("4", "disputed", None), ("2", "repaired", date(2026, 11, 2)))


@pytest.fixture(autouse=True)
def _city(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three enterprises with records of every class, old and new, disputed, repaired, public and not any more."""
    monkeypatch.setenv("JIAHE_NOW", "2026-11-25T10:00")
    for code, (header, lines) in DELIVERED.items():
        deliver(tmp_path, code, *(f"{s.uscc},{line}" for s in EVERYBODY for line in lines), header=header)
    Enterprise.objects.filter(uscc=OTHER.uscc).update(ended_on=date(2020, 1, 1))
    serial = Enterprise.objects.get(uscc=COMPANY.uscc).serial
    for key, kind, lifted_on in MARKS:
        mark = {"record_key": key, "kind": kind, "since": date(2026, 11, 1), "lifted_on": lifted_on}
        RecordMark.objects.create(serial=serial, category="0402", **mark)
    for subject in EVERYBODY:
        people.representative(f"owner-{subject.serial}", subject.uscc)
    bank("bank-a")
    authority("测试主管部门")


def consents() -> None:
    """The company opens everything, in writing too, the trader one category, the third enterprise nothing."""
    given(terms(categories=("0201", "0202", "0402", "1204")), by=COMPANY)
    given(terms(categories=("1204",), written=True), by=COMPANY)
    given(terms(categories=("0201",)), by=TRADER)


READERS: dict[str, Callable[[], tuple[Actor, str]]] = {
    "bank": lambda: (manager(), "pre_loan"),
    "officer": lambda: (Actor(None, "officer", "authority", "data_officer", "web"), "data_quality"),
    "clerk": lambda: (
        people.actor(
            people.person("clerk", Role.DEPARTMENT_CLERK, people.organisation("02", OrganisationKind.DEPARTMENT))
        ),
        "data_quality",
    ),
    "rater": lambda: (
        people.actor(people.person("rater", Role.RATER, people.organisation("agency", OrganisationKind.AGENCY))),
        "rating",
    ),
}


@pytest.mark.parametrize("reader", READERS)
def test_a_batch_holds_what_reading_one_by_one_shows(reader: str) -> None:
    consents()
    actor, purpose = READERS[reader]()
    batch = profiles.read_many(
        actor=actor, enterprises=[s.uscc for s in EVERYBODY], categories=CATEGORIES, purpose=purpose
    )
    logged = AccessLog.objects.order_by("pk").values_list("uscc", "categories", "withheld", "consents", "records")
    for row, subject in zip(list(logged), EVERYBODY, strict=True):
        alone, withheld = one_by_one(actor, purpose, subject)
        assert {code: rows_of(batch, code, subject) for code in CATEGORIES} == alone
        assert withheld_of(batch, subject) == withheld
        assert (
            row
            == AccessLog.objects.order_by("pk")
            .values_list("uscc", "categories", "withheld", "consents", "records")
            .last()
        )


def one_by_one(actor: Actor, purpose: str, subject: Subject) -> tuple[dict[str, Any], Any]:
    """The same by `read`; a refusal holds nothing, and its reason is in the log's withheld categories only."""
    try:
        profile = profiles.read(actor=actor, enterprise=subject.uscc, categories=CATEGORIES, purpose=purpose)
    except JiaheError:
        return {code: [] for code in CATEGORIES}, set(AccessLog.objects.last().withheld)  # type: ignore[union-attr]  # just written
    known = load().categories
    rows = {code: sorted(_row(known[code], r) for r in profile.records.get(code, [])) for code in CATEGORIES}
    return rows, {w.category for w in profile.withheld}


def withheld_of(batch: Batch, subject: Subject) -> set[str]:
    return {row["category"] for row in batch.withheld.to_pylist() if row["uscc"] == subject.uscc}


def rows_of(batch: Batch, code: str, subject: Subject) -> list[Any]:
    if code not in batch.tables:
        return []
    items = [i.code for i in load().categories[code].items if i.code != "uscc"]
    return sorted(
        str([row[c] for c in ("_business_date", "_disputed", "_repaired", *items)])
        for row in batch.tables[code].to_pylist()
        if row["uscc"] == subject.uscc
    )


def _row(category: Category, record: Record) -> str:
    """A record as a batch holds it."""
    values = []
    for item in category.items:
        value = record.values[item.code]
        if item.type is ItemType.DECIMAL and isinstance(value, Decimal):
            value = int(value.scaleb(item.scale))
        if item.code != "uscc":
            values.append(value)
    return str([record.business_date, record.disputed, record.repaired, *values])


def test_what_a_bank_sees_of_three_enterprises() -> None:
    consents()
    batch = many(manager())
    seen = {
        code: sorted(
            (NAMES[row["uscc"]], str(row.get("decision_no") or row.get("matter_no") or row.get("period")))
            for row in table.to_pylist()
        )
        for code, table in batch.tables.items()
    }
    assert seen == {
        "0201": [("company", "None"), ("trader", "None")],
        "0202": [("company", "2025-10-01"), ("company", "2026-10-01")],
        "0402": [("company", n) for n in "124"] + [("ended", n) for n in "234"] + [("trader", n) for n in "234"],
        "0703": [("company", "1"), ("ended", "1"), ("trader", "1")],
        "1204": [("company", "1"), ("company", "2"), ("ended", "1"), ("trader", "1")],
    }
    taxpayer = batch.tables["0201"].to_pylist()[0]
    assert (taxpayer["finance_head"], taxpayer["finance_phone"]) == ("李**", "170******01")
    assert {
        (NAMES[r["uscc"]], r["category"], r["reason"]) for r in batch.withheld.to_pylist() if r["uscc"] != OTHER.uscc
    } == {
        ("trader", "0202", "not_written"),
        ("trader", "0402", "not_named"),
        ("trader", "1204", "not_named"),
    }
    assert ConsentUse.objects.count() == 3


def many(actor: Actor, *codes: str, purpose: str = "pre_loan") -> Batch:
    return profiles.read_many(
        actor=actor, enterprises=codes or [s.uscc for s in EVERYBODY], categories=CATEGORIES, purpose=purpose
    )


def test_every_enterprise_is_logged_once_also_where_nothing_is_open() -> None:
    number = given(terms(categories=("0202",)), by=COMPANY).number
    revoke(actor=owner(), number=number)
    batch = profiles.read_many(
        actor=manager(),
        enterprises=[COMPANY.uscc, TRADER.uscc, UNKNOWN, f" {COMPANY.uscc.lower()} "],
        categories=["0202"],
        purpose="pre_loan",
    )
    assert batch.tables == {}
    assert batch.withheld.to_pylist() == [
        {"uscc": COMPANY.uscc, "category": "0202", "reason": "revoked"},
        {"uscc": TRADER.uscc, "category": "0202", "reason": "not_written"},
        {"uscc": UNKNOWN, "category": "0202", "reason": "none"},
    ]
    rows = AccessLog.objects.order_by("pk").values_list("uscc", "records", "categories", "withheld", "consents")
    assert list(rows) == [(code, 0, [], ["0202"], []) for code in (COMPANY.uscc, TRADER.uscc, UNKNOWN)]
    assert all(row.digest == row.computed_digest() for row in AccessLog.objects.all())


def test_who_may_not_read_reads_nothing_and_nothing_is_logged() -> None:
    with pytest.raises(NotAllowed):
        many(manager(), purpose="data_quality")
    with pytest.raises(NoSuchEnterprise):
        many(owner(), purpose="own")
    with pytest.raises(NoSuchEnterprise):
        many(READERS["officer"]()[0], UNKNOWN, purpose="data_quality")
    Organisation.objects.filter(code="bank-a").update(state=OrganisationState.FROZEN)
    with pytest.raises(OrganisationNotActive):
        many(manager())
    assert AccessLog.objects.count() == 0


def test_no_key_of_the_catalogue_is_written_otherwise_by_the_engine() -> None:
    kinds = {c.by_code[code].type for c in load().categories.values() for code in c.key}
    assert kinds <= {
        ItemType.STRING,
        ItemType.TEXT,
        ItemType.CODE,
        ItemType.INTEGER,
        ItemType.DATE,
        ItemType.YEAR_MONTH,
    }
