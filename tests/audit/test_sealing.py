"""Nothing that was written stays outside the chain: with many writers, late ones, a killed sealer."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest
from django.db import connection, transaction

from jiahe.audit import anchor, sealing
from jiahe.audit.models import BOOKS, AccessLog, Book, Entry, Segment
from jiahe.audit.sealing import keep_sealing, seal
from tests.audit.logs import change_once, checked, execute, fill, read_once
from tests.conftest import Installation

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS, ROWS = 8, 60


@contextmanager
def sealer() -> Iterator[None]:
    ended = Event()
    thread = Thread(target=keep_sealing, args=(ended,))
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def in_thread(count: int, write: object) -> None:
    assert callable(write)
    try:
        for number in range(1, count + 1):
            write(number)
    finally:
        connection.close()


def assert_all_sealed_once() -> None:
    for book, model in BOOKS.items():
        listed = [i for rows in Segment.objects.filter(book=book).values_list("rows", flat=True) for i in rows]
        assert sorted(listed) == sorted(model.objects.values_list("pk", flat=True))


def test_a_row_is_sealed_within_a_second() -> None:
    with sealer():
        time.sleep(0.2)
        change_once()
        end = time.monotonic() + 1
        while Entry.objects.filter(segment=None).exists():
            assert time.monotonic() < end
            time.sleep(0.02)
    last = anchor.last()
    assert last is not None
    assert last.heads == sealing.heads()


def test_segments_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "SEGMENT_ROWS", 4)
    for number in range(10):
        read_once(number)
    assert seal() == 10
    assert [len(rows) for rows in Segment.objects.order_by("number").values_list("rows", flat=True)] == [4, 4, 2]
    assert seal() == 0
    assert checked() is None


def test_sm3_by_setting_and_both_in_one_chain(monkeypatch: pytest.MonkeyPatch) -> None:
    fill(Book.ACCESS, 2)
    monkeypatch.setenv("JIAHE_HASH", "sm3")
    fill(Book.ACCESS, 2)
    assert list(Segment.objects.order_by("number").values_list("algorithm", flat=True)) == ["sha256", "sm3"]
    assert checked() is None
    execute("UPDATE audit_segment SET sealed_at = '2026-01-01 00:00:00' WHERE number = 2")
    assert checked() is not None


@pytest.mark.postgresql
def test_many_writers_and_two_sealers_lose_nothing() -> None:
    with sealer(), sealer(), ThreadPoolExecutor(WRITERS) as pool:
        works = [read_once if number % 2 else change_once for number in range(WRITERS)]
        for writing in [pool.submit(in_thread, ROWS, work) for work in works]:
            writing.result()
    seal()
    assert (AccessLog.objects.count(), Entry.objects.count()) == (WRITERS // 2 * ROWS, WRITERS // 2 * ROWS)
    assert_all_sealed_once()
    assert checked() is None


@pytest.mark.postgresql
def test_a_row_that_commits_late_is_in_a_later_segment() -> None:
    written, may_commit = Event(), Event()

    def late() -> None:
        try:
            with transaction.atomic():
                read_once(1)
                written.set()
                may_commit.wait(10)
        finally:
            connection.close()

    thread = Thread(target=late)
    thread.start()
    written.wait(10)
    read_once(2)
    assert seal() == 1
    may_commit.set()
    thread.join()
    assert seal() == 1
    first, second = Segment.objects.order_by("number").values_list("rows", flat=True)
    assert second[0] < first[0]
    assert checked() is None


SEALER = "from threading import Event; from jiahe.audit.sealing import keep_sealing; keep_sealing(Event())"
WRITER = """
from jiahe.audit.journal import write
from jiahe.kit.actor import Actor
for number in range(400):
    write(actor=Actor.system(), action="tests.change", subject=f"thing:{number}", facts={"n": number})
"""


def test_a_sealer_killed_at_any_instant_leaves_books_in_order(installation: Installation) -> None:
    installation.run("audit", "verify")
    writer = _start(installation, WRITER)
    chance = random.Random(11)
    for _ in range(4):
        process = _start(installation, SEALER)
        time.sleep(1.5 + chance.random())
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert writer.wait(timeout=120) == 0
    installation.run("audit", "verify")
    answer = installation.python("""
from jiahe.audit.models import Entry, Segment
listed = [i for rows in Segment.objects.filter(book="journal").values_list("rows", flat=True) for i in rows]
print(Entry.objects.filter(action="tests.change").count(), len(listed) == len(set(listed)))
""")
    assert answer.split() == ["400", "True"]


def _start(installation: Installation, code: str) -> subprocess.Popen[bytes]:
    program = f"import django; django.setup()\n{code}"
    return subprocess.Popen([sys.executable, "-c", program], env=installation.environment)


def test_an_anchor_torn_by_a_power_cut_is_mended(home: Path) -> None:
    fill(Book.ACCESS, 2)
    path = home / "audit" / "head.jsonl"
    path.write_bytes(path.read_bytes() + b'{"at": "2026-')
    fill(Book.ACCESS, 2)
    assert checked() is None


def test_an_anchor_that_was_taken_away_is_noticed(home: Path) -> None:
    fill(Book.ACCESS, 2)
    (home / "audit" / "head.jsonl").unlink()
    fault = checked()
    assert fault is not None
    assert fault.kind == "anchor_missing"
    assert not (home / "audit" / "head.jsonl").exists()


def test_a_changed_anchor_is_noticed(home: Path) -> None:
    fill(Book.ACCESS, 4, segments=2)
    path = home / "audit" / "head.jsonl"
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join(lines[2:]))
    fault = checked()
    assert fault is not None
    assert fault.kind == "anchor_missing"
    path.write_text(lines[0] + "{}\n" + "".join(lines[1:]))
    fault = checked()
    assert fault is not None
    assert (fault.kind, fault.row) == ("anchor_unreadable", 2)


def test_the_anchor_lies_where_the_setting_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIAHE_ANCHOR", str(tmp_path / "elsewhere" / "anchor.jsonl"))
    fill(Book.ACCESS, 2)
    assert checked() is None
    assert (tmp_path / "elsewhere" / "anchor.jsonl").stat().st_mode & 0o077 == 0
