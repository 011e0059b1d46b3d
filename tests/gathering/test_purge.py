"""Retention carried out: what has ended is nowhere any more, and a proof says so."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from django.db import connections

from jiahe.catalogue import load
from jiahe.creditfile import projection, registry
from jiahe.creditfile.documents.store import DocumentStore, alias
from jiahe.creditfile.models import Enterprise, EnterpriseName, RecordMark
from jiahe.gathering import quarantine, tasks
from jiahe.gathering.actions.purge import purge
from jiahe.gathering.models import Batch, Purge, PurgePlace, PurgeState
from jiahe.kit import jobs, uscc
from jiahe.lake.compaction import compact
from jiahe.lake.tables import LakeTable
from tests.lake.deliveries import (
    ACTOR,
    FIRST,
    PENALTIES,
    PROFILES,
    SECOND,
    bytes_below,
    deliver,
    file_as_of,
    file_of,
    penalties,
)

pytestmark = pytest.mark.django_db(databases="__all__", transaction=True)
CATEGORY = load().categories[PENALTIES]
REASON = "无照经营的事实"


def at(monkeypatch: pytest.MonkeyPatch, day: str) -> None:
    monkeypatch.setenv("JIAHE_NOW", f"{day}T02:00:00")


@pytest.fixture
def old_and_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LakeTable:
    """A penalty of 2018, changed once, one of 2023 beside it; another enterprise with an old one only."""
    at(monkeypatch, "2023-07-01")
    penalties(tmp_path, f"{FIRST},旧罚字1号,2018-09-01,{REASON},甲,", f"{SECOND},旧罚字2号,2018-09-02,{REASON},乙,")
    penalties(tmp_path, f"{FIRST},旧罚字1号,2018-09-01,{REASON}二,甲,", f"{FIRST},新罚字1号,2023-06-01,轻微,甲,")
    return LakeTable(CATEGORY)


def document_bytes(home: Path) -> bytes:
    """What the documents' database holds: its files, or on PostgreSQL its rows."""
    if connections[alias()].vendor == "sqlite":
        return b"".join(
            p.read_bytes() for p in Path(connections[alias()].settings_dict["NAME"]).parent.glob("*sqlite3*")
        )
    with connections[alias()].cursor() as cursor:
        cursor.execute("SELECT body FROM creditfile_document UNION ALL SELECT body FROM creditfile_dictionary")
        return b"".join(bytes(row[0]) for row in cursor.fetchall())


def facts(uscc: str, day: str | None = None) -> list[object]:
    found = file_as_of(uscc, PENALTIES, day) if day else file_of(uscc, PENALTIES)
    return [r.values["facts"] for r in found]


def numbers_in(path: Path) -> set[object]:
    return set(pq.read_table(path).column("decision_no").to_pylist())


def test_nothing_is_removed_before_its_day(old_and_new: LakeTable, monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, "2023-09-01")
    version = old_and_new.version()
    assert purge(actor=ACTOR, category=CATEGORY) == []
    assert (old_and_new.version(), Purge.objects.count()) == (version, 0)
    assert facts(FIRST) == ["轻微", f"{REASON}二"]


def test_what_has_ended_leaves_lake_and_documents_with_a_proof(
    old_and_new: LakeTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    files, version = old_and_new.files(), old_and_new.version()
    at(monkeypatch, "2023-09-03")
    [proof] = purge(actor=ACTOR, category=CATEGORY)
    assert (proof.category, proof.place, proof.rule, proof.limit) == (PENALTIES, "lake", "negative_retention_years", 5)
    assert (proof.ended_before, proof.records, proof.versions) == (date(2023, 9, 3), 2, 3)
    assert (proof.files, proof.from_version, proof.to_version) == ([f.path.name for f in files], version, version + 1)
    assert (proof.state, proof.actor_login, len(proof.keys_digest)) == (PurgeState.DONE, "system", 64)
    assert (proof.finished_at is not None, proof.erased_at is None) == (True, True)
    assert [numbers_in(f.path) for f in old_and_new.files()] == [{"新罚字1号"}]
    assert [d.rows for d in DocumentStore().read(Enterprise.objects.get(uscc=SECOND).serial, [CATEGORY])] == []
    assert facts(FIRST) == ["轻微"]
    assert facts(FIRST, "2023-07-02") == ["轻微"]
    assert purge(actor=ACTOR, category=CATEGORY) == []

    at(monkeypatch, "2023-09-04")
    assert purge(actor=ACTOR, category=CATEGORY) == []
    assert Purge.objects.get(erased_at__isnull=False) == proof
    assert not any(f.path.exists() for f in files)
    assert sorted(old_and_new.path.glob("*.parquet")) == [f.path for f in old_and_new.files()]


def test_no_byte_is_left(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Enough records for a dictionary, made from samples of them, which are to be forgotten too."""
    at(monkeypatch, "2023-07-01")
    secret = "某街某号的事实"
    codes = [first17 + uscc.check_character(first17) for first17 in (f"91330400XX{i:07d}" for i in range(300))]
    lines = [f"{code},旧罚字{i}号,2018-08-01,{secret},甲," for i, code in enumerate(codes)]
    mine = [f"{code},新罚字{i}号,2023-06-01,轻微,甲," for i, code in enumerate([SECOND, FIRST, *codes[:200]])]
    penalties(tmp_path, *lines, *mine, f"错码,旧罚字X号,2018-08-01,{secret},甲,")
    quarantined = quarantine.place(Batch.objects.get().pk)
    assert secret.encode() in bytes_below(home / "quarantine")
    assert DocumentStore().tells(CATEGORY, ["旧罚字"])
    before = file_of(SECOND, PENALTIES)
    at(monkeypatch, "2023-08-02")
    proofs = purge(actor=ACTOR, category=CATEGORY)
    assert [(p.place, p.records) for p in proofs] == [(PurgePlace.LAKE, 300), (PurgePlace.QUARANTINE, 1)]
    at(monkeypatch, "2023-08-04")
    tasks.retain_one(PENALTIES)
    assert [p.erased_at is not None for p in Purge.objects.all()] == [True, True]
    for path in (*(home / "lake").rglob("*.parquet"), *quarantined.rglob("*")):
        assert not [v for row in pq.read_table(path).to_pylist() for v in row.values() if "旧罚字" in str(v)]
    everything = bytes_below(home / "lake") + bytes_below(home / "quarantine") + document_bytes(home)
    assert secret.encode() not in everything
    assert "旧罚字".encode() not in everything
    assert [len(file_of(code, PENALTIES)) for code in (FIRST, codes[0], codes[200])] == [1, 1, 0]
    assert file_of(SECOND, PENALTIES) == before
    assert DocumentStore().dictionary(CATEGORY)[1] is not None


def test_a_record_ends_with_its_newest_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A corrected day of decision moves the end, for what was known before the correction too."""
    at(monkeypatch, "2023-07-01")
    penalties(tmp_path, f"{FIRST},甲1,2022-01-01,原,甲,", f"{SECOND},乙1,2018-08-01,原,乙,")
    at(monkeypatch, "2023-07-02")
    penalties(tmp_path, f"{FIRST},甲1,2018-08-01,改,甲,", f"{SECOND},乙1,2022-01-01,改,乙,")
    at(monkeypatch, "2023-08-02")
    assert (facts(FIRST, "2023-07-01"), facts(SECOND, "2023-07-01")) == ([], ["原"])
    [proof] = purge(actor=ACTOR, category=CATEGORY)
    assert (proof.records, proof.versions) == (1, 2)
    assert (facts(FIRST), facts(SECOND), facts(SECOND, "2023-07-01")) == ([], ["改"], ["原"])


def test_a_subject_takes_all_its_records_along(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, "2018-01-01")
    header = "uscc,name,registered_on"
    deliver(tmp_path, PROFILES, f"{FIRST},甲,2010-01-01", f"{SECOND},乙,2010-01-01", header=header)
    Enterprise.objects.filter(uscc=FIRST).update(ended_on=date(2020, 2, 29))
    at(monkeypatch, "2025-02-28")
    assert purge(actor=ACTOR, category=load().categories[PROFILES]) == []
    at(monkeypatch, "2025-03-01")
    assert file_of(FIRST, PROFILES) == []
    [proof] = purge(actor=ACTOR, category=load().categories[PROFILES])
    assert (proof.rule, proof.limit, proof.records, proof.versions) == ("subject_retention_years", 5, 1, 1)
    assert len(file_of(SECOND, PROFILES)) == 1


def test_the_registry_forgets_the_names_of_an_ended_enterprise(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, "2018-01-01")
    code = registry.REGISTRATION
    if code not in load().categories:
        pytest.skip("the category of registrations is not declared")
    header = "uscc,name,enterprise_state,established_on,deregistered_on"
    deliver(tmp_path, code, f"{FIRST},旧名有限公司,1,2010-01-01,", header=header)
    deliver(tmp_path, code, f"{FIRST},新名有限公司,1,2010-01-01,2017-12-01", header=header)
    enterprise = Enterprise.objects.get(uscc=FIRST)
    assert (enterprise.name, EnterpriseName.objects.count()) == ("新名有限公司", 1)
    at(monkeypatch, "2022-12-02")
    purge(actor=ACTOR, category=load().categories[code])
    enterprise.refresh_from_db()
    assert (enterprise.name, enterprise.initials, enterprise.ended_on) == ("", "", date(2017, 12, 1))
    assert EnterpriseName.objects.count() == 0


def test_marks_go_with_their_record(old_and_new: LakeTable, monkeypatch: pytest.MonkeyPatch) -> None:
    serial = Enterprise.objects.get(uscc=FIRST).serial
    for key in ("旧罚字1号", "新罚字1号"):
        RecordMark.objects.create(
            serial=serial, category=PENALTIES, record_key=key, kind="disputed", since=date(2023, 7, 1)
        )
    at(monkeypatch, "2023-09-03")
    purge(actor=ACTOR, category=CATEGORY)
    assert [m.record_key for m in RecordMark.objects.all()] == ["新罚字1号"]


def test_a_repaired_record_says_so_today_and_as_of_a_day(old_and_new: LakeTable) -> None:
    serial = Enterprise.objects.get(uscc=FIRST).serial
    RecordMark.objects.create(
        serial=serial, category=PENALTIES, record_key="新罚字1号", kind="repaired", since=date(2023, 7, 1)
    )
    for found in (file_of(FIRST, PENALTIES), file_as_of(FIRST, PENALTIES, "2023-07-01")):
        assert [(r.key, r.repaired) for r in found] == [("新罚字1号", True), ("旧罚字1号", False)]


def test_refused_records_end_by_their_age(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, "2023-07-01")
    penalties(tmp_path, "错码,甲1,2023-06-01,原,甲,", f"{FIRST},甲2,不是日期,原,甲,")
    place = quarantine.place(Batch.objects.get().pk)
    at(monkeypatch, "2024-06-30")
    assert purge(actor=ACTOR, category=CATEGORY) == []
    assert place.exists()
    at(monkeypatch, "2024-07-01")
    [proof] = purge(actor=ACTOR, category=CATEGORY)
    assert (proof.place, proof.rule, proof.limit) == ("quarantine", "quarantine_retention_days", 365)
    assert (proof.records, proof.files, proof.erased_at is not None) == (2, [Batch.objects.get().pk], True)
    assert not place.exists()


def test_compaction_and_purge_work_on_each_others_files(
    old_and_new: LakeTable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for i in range(12):
        penalties(tmp_path, f"{FIRST},新罚字1号,2023-06-01,第{i}版,甲,")
    compact(CATEGORY)
    at(monkeypatch, "2023-09-03")
    [proof] = purge(actor=ACTOR, category=CATEGORY)
    assert (proof.records, proof.versions) == (2, 3)
    assert facts(FIRST) == ["第11版"]
    projection.rebuild(CATEGORY)
    assert facts(FIRST) == ["第11版"]


def test_one_batch_that_is_left_alone_in_the_table_is_read_right(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What withdraws a record may outlive the file of the record itself: it is no current record then."""
    at(monkeypatch, "2023-07-01")
    penalties(tmp_path, f"{SECOND},乙1,2018-08-01,旧,乙,", f"{FIRST},甲1,2018-08-01,旧,甲,")
    penalties(tmp_path, f"{FIRST},甲1,2018-08-01,旧,甲,D", f"{FIRST},甲2,2022-01-01,新,甲,")
    at(monkeypatch, "2023-08-02")
    purge(actor=ACTOR, category=CATEGORY)
    assert len(LakeTable(CATEGORY).files()) == 1
    projection.rebuild(CATEGORY)
    assert facts(FIRST) == ["新"]


def test_retention_recurs() -> None:
    declared = {s.name: s.task for s in jobs.synchronise()}
    assert declared["gathering: retention"] == "jiahe.gathering.tasks.retain_all"
    assert declared["lake: compaction"] == "jiahe.lake.tasks.compact_all"
    tasks.retain_all()
    assert jobs.queue().waiting == len(load().categories)
