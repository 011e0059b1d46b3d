"""Go through a book from its beginning: every row, every segment, every line of the anchor, in constant memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from jiahe.audit import anchor, chain, history, stored
from jiahe.audit.anchor import Head, Line, UnreadableLine
from jiahe.audit.faults import Fault, Tampered
from jiahe.audit.models import BOOKS, Book, Segment
from jiahe.audit.stored import Fields, Stored

SEGMENTS_A_TIME = 100
ROWS_A_TIME = 2000


@dataclass
class Walk:
    """How far a book was found to be in order: rows, the newest segment, the last row."""

    book: Book
    head: Head
    rows: int = 0
    segments: int = 0
    last_row: int = 0


def walk(book: Book, progress: Callable[[Walk], None] = lambda walk: None) -> Walk:
    """Check a book up to what is sealed; raises `Tampered` with the first fault."""
    done = Walk(book, history.start(book))
    marks = _Marks(book, done)
    for group in _groups(done):
        rows = stored.sealed_in(book, [fields["id"] for fields in group])
        by_segment: dict[int | None, list[Stored]] = {}
        for row in rows:
            by_segment.setdefault(row.segment, []).append(row)
        for fields in group:
            before = done.last_row
            _check_segment(done, fields, by_segment.get(fields["id"], []))
            marks.compare(done.head, before)
        progress(done)
    marks.finish()
    _check_strays(book)
    _check_copies(book)
    return done


def _groups(done: Walk) -> Iterator[list[Fields]]:
    """The segments in order, each checked to stand where it should once what comes before it was looked at."""
    number = done.head.number
    for group in groups(done.book, number):
        sound: list[Fields] = []
        for fields in group:
            number += 1
            if kind := _wrong_place(number, fields):
                if sound:
                    yield sound
                raise Tampered(Fault(kind, done.book, row=done.last_row + 1, segment=number))
            sound.append(fields)
        yield sound


def groups(book: Book, number: int) -> Iterator[list[Fields]]:
    """The segments after a number, as many at a time as have some number of rows together."""
    group: list[Fields] = []
    waiting = 0
    while found := stored.segments_after(book, number, SEGMENTS_A_TIME):
        for fields in found:
            group.append(fields)
            waiting += len(fields["rows"]) if _is_list_of_ids(fields.get("rows")) else 0
            if waiting >= ROWS_A_TIME:
                yield group
                group, waiting = [], 0
        number = found[-1].get("number", number + len(found))
    if group:
        yield group


def _wrong_place(number: int, fields: Fields) -> str:
    """What is wrong where the segment with a number should stand; empty where nothing is."""
    if "number" not in fields or not _is_list_of_ids(fields["rows"]):
        return "segment_changed"
    return "" if fields["number"] == number else "segment_removed"


def _is_list_of_ids(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(type(one) is int for one in value)


def _check_segment(done: Walk, fields: Fields, rows: list[Stored]) -> None:
    listed, book, number = fields["rows"], done.book, fields["number"]
    if [row.id for row in rows] != listed:
        raise Tampered(_difference(book, fields, rows))
    for row in rows:
        if not row.is_whole:
            raise Tampered(Fault("changed", book, row=row.id, at=row.at))
    if not _is_chained(fields, rows, done.head.hash):
        raise Tampered(Fault("segment_changed", book, row=listed[0], segment=number))
    done.head = Head(number, fields["hash"])
    done.rows, done.segments, done.last_row = done.rows + len(rows), done.segments + 1, listed[-1]


def _is_chained(fields: Fields, rows: list[Stored], previous: str) -> bool:
    algorithm = fields["algorithm"]
    if fields["previous"] != previous or algorithm not in chain.ALGORITHMS:
        return False
    said = {key: fields[key] for key in ("book", "number", "sealed_at", "algorithm", "previous", "rows")}
    lines = (chain.line(row.id, row.digest, row.content) for row in rows)
    computed = chain.hash_of(algorithm, chain.heading(**said), lines)
    return (fields["hash"], fields["seal"]) == (computed, chain.seal_of(computed))


def _difference(book: Book, fields: Fields, rows: list[Stored]) -> Fault:
    """The first row that a segment lists and has not, or has and does not list."""
    listed, present = set(fields["rows"]), {row.id for row in rows}
    odd = sorted(listed ^ present)
    if not odd:
        return Fault("segment_changed", book, row=fields["rows"][0], segment=fields["number"])
    number = odd[0]
    if number in present:
        return _surplus(book, next(row for row in rows if row.id == number), fields["number"])
    elsewhere = stored.row(book, number)
    if elsewhere:
        return Fault("moved", book, row=number, segment=fields["number"], at=elsewhere.at)
    return Fault("removed", book, row=number, segment=fields["number"], at=fields["sealed_at"])


def _surplus(book: Book, row: Stored, segment: int) -> Fault:
    """A row that came after the sealing: a copy where another row says the same."""
    twins = BOOKS[book].objects.filter(uid=row.uid).exclude(pk=row.id).order_by("pk")
    twin = twins.values_list("pk", flat=True).first()
    if twin and row.is_whole:
        return Fault("copied", book, row=row.id, at=row.at, other=twin)
    return Fault("inserted", book, row=row.id, at=row.at, segment=segment)


def _check_strays(book: Book) -> None:
    """Every sealed row is in a segment of its own book."""
    rows, segments = BOOKS[book]._meta.db_table, Segment._meta.db_table
    sql = f"""SELECT r.id FROM {rows} r LEFT JOIN {segments} s ON s.id = r.segment_id AND s.book = %s
        WHERE r.segment_id IS NOT NULL AND s.id IS NULL ORDER BY r.id LIMIT 1"""
    for number in _numbers(sql, [book.value]):
        row = stored.row(book, number)
        raise Tampered(Fault("stray", book, row=number, at=row.at if row else None))


def _check_copies(book: Book) -> None:
    """No two rows carry one uid; the database sees to it until somebody takes its rule away."""
    table = BOOKS[book]._meta.db_table
    copied = f"SELECT uid FROM {table} GROUP BY uid HAVING count(*) > 1"
    numbers = _numbers(
        f"SELECT id FROM {table} WHERE uid IN (SELECT uid FROM ({copied}) c LIMIT 1) ORDER BY segment_id, id", []
    )
    if numbers:
        row = stored.row(book, numbers[1])
        raise Tampered(Fault("copied", book, row=numbers[1], at=row.at if row else None, other=numbers[0]))


def _numbers(sql: str, parameters: list[Any]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [number for (number,) in cursor.fetchall()]


class _Marks:
    """The anchor's lines beside the segments of one book, both in the order in which they were written."""

    def __init__(self, book: Book, done: Walk) -> None:
        self.book, self.done = book, done
        self.start = done.head
        if not anchor.path().exists():
            raise Tampered(Fault("anchor_missing", book, place=str(anchor.path())))
        # A segment is committed before its line is written: what the file says now is in the database already.
        self.size = anchor.path().stat().st_size
        self.waiting = self._lines()
        self.next = next(self.waiting, None)

    def _lines(self) -> Iterator[tuple[Head, datetime]]:
        """Each head once, from where the book's history begins."""
        try:
            known = None
            for line in anchor.lines(self.size):
                head = line.heads[self.book]
                self._check_beginning(line, head)
                if head != known and head.number >= self.start.number:
                    yield head, line.at
                known = head
        except UnreadableLine as error:
            raise Tampered(Fault("anchor_unreadable", self.book, row=error.args[0], place=str(anchor.path()))) from None

    def _check_beginning(self, line: Line, head: Head) -> None:
        if line.place == 1 and head.number > self.start.number:
            raise Tampered(Fault("anchor_missing", self.book, place=str(anchor.path())))

    def compare(self, head: Head, before: int) -> None:
        """A segment that was found in order against the lines up to it; `before` is the last row before it."""
        self._pass(head, before, lambda marked: marked.number <= head.number)

    def finish(self) -> None:
        """No line may say more than the segments."""
        self._pass(self.done.head, self.done.last_row, lambda marked: True)

    def _pass(self, head: Head, row: int, due: Callable[[Head], bool]) -> None:
        while self.next and due(self.next[0]):
            marked, at = self.next
            if marked not in (self.start, head):
                raise Tampered(Fault("tail_cut", self.book, row=row, segment=marked.number, at=at))
            self.next = next(self.waiting, None)
