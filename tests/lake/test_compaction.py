"""Compaction and vacuum: fewer files, the same answers."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from deltalake import DeltaTable

from jiahe.catalogue import load
from jiahe.creditfile import projection
from jiahe.gathering.actions.gather import recover
from jiahe.gathering.models import Batch, BatchState
from jiahe.lake import tasks
from jiahe.lake.compaction import Compacted, compact, vacuum
from jiahe.lake.engines import duckdb as engine
from jiahe.lake.tables import LakeTable
from jiahe.lake.versions import key_columns, versions
from tests.lake.deliveries import FIRST, PENALTIES, SECOND, file_as_of, file_of, penalties

pytestmark = pytest.mark.django_db(databases="__all__", transaction=True)
CATEGORY = load().categories[PENALTIES]
DAYS = [f"2024-01-{day:02d}" for day in range(1, 14)]


@pytest.fixture
def many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LakeTable:
    """Twelve batches: a record that changes daily, one that is withdrawn and comes again, one for each day."""
    for i, day in enumerate(DAYS[:12]):
        monkeypatch.setenv("JIAHE_NOW", f"{day}T10:00:00")
        comes_and_goes = f"{SECOND},乙1,2023-12-01,往返,乙,{'D' if i % 2 else ''}"
        penalties(tmp_path, f"{FIRST},甲1,2023-11-01,第{i}版,甲,", comes_and_goes, f"{FIRST},甲{i + 2},{day},单次,甲,")
    monkeypatch.setenv("JIAHE_NOW", f"{DAYS[12]}T10:00:00")
    return LakeTable(CATEGORY)


def everything(table: LakeTable) -> list[tuple[object, ...]]:
    """All versions of all records, sorted."""
    order = ", ".join([*key_columns(table.category), "_batch"])
    with engine.session() as session:
        rows = session.execute(
            f"SELECT * FROM {versions(table.category, [f.path for f in table.files()])} ORDER BY {order}"
        )
        return rows.fetchall()


def answers() -> list[object]:
    asked = [(code, day) for code in (FIRST, SECOND) for day in DAYS]
    return [file_of(FIRST, PENALTIES), file_of(SECOND, PENALTIES), *(file_as_of(c, PENALTIES, d) for c, d in asked)]


def test_every_version_and_every_answer_stays(many: LakeTable) -> None:
    before, answered = everything(many), answers()
    assert len(many.files()) == 12
    assert compact(CATEGORY) == Compacted(PENALTIES, 12)
    assert [(f.records, f.first_batch, f.last_batch) for f in many.files()] == [
        (len(before), Batch.objects.earliest("pk").pk, Batch.objects.latest("pk").pk)
    ]
    assert everything(many) == before
    assert answers() == answered
    assert projection.rebuild(CATEGORY).documents == 1
    assert answers() == answered
    assert compact(CATEGORY) == Compacted(PENALTIES, 0)


def test_a_compacted_table_takes_further_batches(many: LakeTable, tmp_path: Path) -> None:
    compact(CATEGORY)
    batch = penalties(tmp_path, f"{FIRST},甲1,2023-11-01,再改,甲,", f"{SECOND},乙1,2023-12-01,往返,乙,")
    assert (batch.inserted, batch.updated, batch.unchanged) == (1, 1, 0)
    assert file_of(FIRST, PENALTIES)[-1].values["facts"] == "再改"
    assert file_of(SECOND, PENALTIES)[0].values["facts"] == "往返"


def test_old_files_go_after_the_safe_age_only(many: LakeTable, monkeypatch: pytest.MonkeyPatch) -> None:
    old = sorted(f.path.name for f in many.files())
    compact(CATEGORY)
    assert vacuum(CATEGORY) == []
    answered = answers()
    monkeypatch.setenv("JIAHE_NOW", "2024-01-14T10:00:01")
    assert vacuum(CATEGORY) == old
    assert sorted(p.name for p in many.path.glob("*.parquet")) == [f.path.name for f in many.files()]
    assert answers() == answered
    assert vacuum(CATEGORY) == []


def test_what_a_killed_compaction_wrote_is_removed(many: LakeTable) -> None:
    (many.path / "0000000001-left.parquet").write_bytes(b"half a file")
    answered = answers()
    assert vacuum(CATEGORY) == ["0000000001-left.parquet"]
    assert answers() == answered


def test_few_files_are_left_alone(tmp_path: Path) -> None:
    penalties(tmp_path, f"{FIRST},甲1,2023-11-01,一,甲,")
    version = LakeTable(CATEGORY).version()
    assert compact(CATEGORY) == Compacted(PENALTIES, 0)
    assert LakeTable(CATEGORY).version() == version


def test_the_log_begins_anew_and_a_batch_can_still_be_finished(many: LakeTable) -> None:
    """A checkpoint takes over the log; what a killed run needs is its newest entry, which stays."""
    batch = Batch.objects.latest("pk")
    facts = (batch.inserted, batch.updated, batch.lake_version)
    old = (datetime.now(UTC) - timedelta(days=60)).timestamp()
    entries = sorted((many.path / "_delta_log").glob("*.json"))
    for entry in entries:
        os.utime(entry, (old, old))
    many.checkpoint()
    assert sorted((many.path / "_delta_log").glob("*.json")) == entries[-1:]
    Batch.objects.filter(pk=batch.pk).update(state=BatchState.RUNNING, inserted=0, updated=0)
    recover(CATEGORY)
    batch.refresh_from_db()
    assert (batch.state, batch.inserted, batch.updated, batch.lake_version) == (BatchState.DONE, *facts)
    assert many.last_batch() == batch.pk


def test_a_table_makes_checkpoints_as_it_grows(many: LakeTable, tmp_path: Path) -> None:
    for i in range(10):
        penalties(tmp_path, f"{FIRST},甲1,2023-11-01,又{i},甲,")
    assert DeltaTable(many.path).version() > 20
    assert len(list((many.path / "_delta_log").glob("*.checkpoint.parquet"))) == 1


def test_the_jobs_do_the_same(many: LakeTable) -> None:
    tasks.compact_one(PENALTIES)
    tasks.compact_one(PENALTIES)
    assert len(many.files()) == 1
