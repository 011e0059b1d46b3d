"""A sealed month as files: they verify without the database, a changed byte is named, old rows go only after them."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from jiahe.audit.actions.check_export import check
from jiahe.audit.actions.export import export
from jiahe.audit.actions.remove import remove
from jiahe.audit.errors import AlreadyExported, MonthNotOver, NoExport, NoSuchMonth, NotInOrder
from jiahe.audit.models import BOOKS, Book, Entry, Segment
from jiahe.kit.actor import Actor
from tests.audit.logs import checked, execute, fill, table

pytestmark = pytest.mark.django_db(transaction=True)
CONSOLE = Actor.system("console")


@pytest.fixture
def september(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two months of rows; it is October."""
    for moment in ("2026-08-31T23:59:00", "2026-09-01T00:00:00", "2026-09-30T12:00:00"):
        monkeypatch.setenv("JIAHE_NOW", moment)
        for book in Book:
            fill(book, 6, segments=3)
    monkeypatch.setenv("JIAHE_NOW", "2026-10-01T08:00:00")


def test_months_follow_each_other(september: None, tmp_path: Path) -> None:
    august = export(actor=CONSOLE, month="2026-08", place=tmp_path)
    now = export(actor=CONSOLE, month="2026-09", place=tmp_path)
    assert [august.books[b].rows for b in Book] == [6, 6]
    assert [now.books[b].rows for b in Book] == [12, 12]
    assert [(august.books[b].last, now.books[b].before) for b in Book] == [(3, 3), (3, 3)]
    report = check(tmp_path)
    assert (report.fault, report.keyed, report.rows) == (None, True, 36)
    assert check(tmp_path / "2026-09").fault is None
    assert checked() is None


def test_a_missing_month_is_noticed(september: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIAHE_NOW", "2026-10-31T23:59:00")
    fill(Book.ACCESS, 2)
    monkeypatch.setenv("JIAHE_NOW", "2026-11-01T08:00:00")
    for month in ("2026-08", "2026-10"):
        export(actor=CONSOLE, month=month, place=tmp_path)
    fault = check(tmp_path).fault
    assert fault is not None
    assert (fault.kind, fault.book) == ("gap", Book.ACCESS)


def test_one_changed_byte_anywhere_is_noticed_and_a_row_named(september: None, tmp_path: Path) -> None:
    export(actor=CONSOLE, month="2026-09", place=tmp_path)
    rows = list(Entry.objects.filter(segment__number__gt=3, segment__sealed_at__lt="2026-10-01T00:00:00+08:00"))
    path = tmp_path / "2026-09" / "journal.jsonl"
    whole = path.read_bytes()
    chance = random.Random(7)
    for place in chance.sample(range(len(whole)), 200):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        fault = check(tmp_path).fault
        assert fault is not None, place
        assert fault.book == Book.JOURNAL
    victim = rows[3]
    place = whole.index(f'"uid":"{victim.uid}"'.encode()) - 8
    path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
    fault = check(tmp_path).fault
    assert fault is not None
    assert fault.row == victim.pk
    path.write_bytes(whole)
    assert check(tmp_path).fault is None


def test_one_changed_byte_of_the_manifest_is_noticed(september: None, tmp_path: Path) -> None:
    export(actor=CONSOLE, month="2026-09", place=tmp_path)
    path = tmp_path / "2026-09" / "manifest.json"
    whole = path.read_bytes()
    for place in range(len(whole)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert check(tmp_path).fault is not None, (place, whole[place : place + 20])


def test_without_the_key_the_chain_alone_is_checked(
    september: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export(actor=CONSOLE, month="2026-09", place=tmp_path)
    elsewhere = tmp_path / "elsewhere"
    monkeypatch.setenv("JIAHE_HOME", str(elsewhere))
    report = check(tmp_path)
    assert (report.fault, report.keyed) == (None, False)
    assert not (elsewhere / "keys" / "data").exists()
    path = tmp_path / "2026-09" / "access.jsonl"
    path.write_bytes(path.read_bytes().replace(b'"records":2', b'"records":3', 1))
    fault = check(tmp_path).fault
    assert fault is not None
    assert (fault.kind, fault.book) == ("segment", Book.ACCESS)


def test_what_cannot_be_exported_is_refused_and_nothing_written(september: None, tmp_path: Path) -> None:
    with pytest.raises(NoSuchMonth):
        export(actor=CONSOLE, month="2026-9", place=tmp_path)
    with pytest.raises(MonthNotOver):
        export(actor=CONSOLE, month="2026-10", place=tmp_path)
    with pytest.raises(NoExport):
        check(tmp_path)
    export(actor=CONSOLE, month="2026-09", place=tmp_path)
    manifest = (tmp_path / "2026-09" / "manifest.json").read_text()
    with pytest.raises(AlreadyExported):
        export(actor=CONSOLE, month="2026-09", place=tmp_path)
    assert (tmp_path / "2026-09" / "manifest.json").read_text() == manifest
    execute("UPDATE audit_entry SET login = 'x' WHERE id = (SELECT min(id) FROM audit_entry)")
    with pytest.raises(NotInOrder):
        export(actor=CONSOLE, month="2026-08", place=tmp_path)
    assert sorted(p.name for p in tmp_path.iterdir() if not p.name.startswith(".")) == ["2026-09", "home"]


def test_rows_go_after_ten_years_and_only_if_exported(
    september: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export(actor=CONSOLE, month="2026-09", place=tmp_path)
    kept = {book: BOOKS[book].objects.count() for book in Book}
    monkeypatch.setenv("JIAHE_NOW", "2036-10-02T03:00:00")
    assert remove(actor=CONSOLE) == 0  # August was not exported, so September does not follow what is gone
    export(actor=CONSOLE, month="2026-08", place=tmp_path)
    monkeypatch.setenv("JIAHE_NOW", "2036-09-02T03:00:00")
    assert remove(actor=CONSOLE) == 12
    monkeypatch.setenv("JIAHE_NOW", "2036-10-02T03:00:00")
    assert remove(actor=CONSOLE) == 24
    assert BOOKS[Book.ACCESS].objects.count() == kept[Book.ACCESS] - 18 == 0
    assert not Segment.objects.filter(number__lte=9).exists()
    assert checked() is None
    fill(Book.ACCESS, 2)
    assert checked() is None
    assert remove(actor=CONSOLE) == 0


def test_nobody_removes_by_saying_so(september: None) -> None:
    """Removal is believed only of a row that the platform wrote."""
    facts = json.dumps({"number": 3, "hash": Segment.objects.get(book="access", number=3).hash, "rows": 6})
    execute(f"DELETE FROM {table(Book.ACCESS)} WHERE segment_id IN (SELECT id FROM audit_segment WHERE number <= 3)")
    execute("DELETE FROM audit_segment WHERE book = 'access' AND number <= 3")
    execute(
        "UPDATE audit_entry SET action = 'audit.remove', subject = 'book:access', facts = %s"
        " WHERE id = (SELECT max(id) FROM audit_entry)",
        facts,
    )
    fault = checked()
    assert fault is not None
    assert (fault.kind, fault.book, fault.segment) == ("segment_removed", Book.ACCESS, 1)
