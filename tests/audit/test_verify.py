"""Whatever is done to a row or a segment in the database, verification fails and names it."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection, models

from jiahe.audit.models import BOOKS, Book, Segment
from jiahe.audit.sealing import seal
from tests.audit.logs import change_once, checked, execute, fill, read_once, table
from tests.people import data_officer

pytestmark = pytest.mark.django_db(transaction=True)
COLUMNS = [(book, f.attname) for book, model in BOOKS.items() for f in model._meta.concrete_fields]


def test_untouched_books_are_in_order() -> None:
    for book in Book:
        fill(book, 6, segments=3)
    read_once()
    change_once()
    assert checked() is None
    assert checked() is None


def test_nothing_at_all_is_in_order() -> None:
    assert checked() is None


@pytest.mark.parametrize(("book", "column"), COLUMNS)
def test_one_changed_value_is_named(book: Book, column: str) -> None:
    user = data_officer()
    rows = fill(book, 4, user, segments=2)
    victim = rows[-3]
    execute(f"UPDATE {table(book)} SET {column} = {_other(book, column)} WHERE id = %s", victim)
    fault = checked()
    assert fault is not None
    assert (fault.book, fault.row) == (book, victim)
    assert str(victim) in fault.sentence


def _other(book: Book, column: str) -> str:
    """SQL for a value that differs by as little as the column's type allows."""
    field = next(f for f in BOOKS[book]._meta.concrete_fields if f.attname == column)
    if isinstance(field, models.ForeignKey) or column == "segment_id":
        return f"{column} + 1"
    if isinstance(field, models.DateTimeField):
        return (
            "'2026-01-01 00:00:00.000001+00'" if connection.vendor == "postgresql" else "'2026-01-01 00:00:00.000001'"
        )
    if isinstance(field, models.JSONField):
        return f"CAST(REPLACE(REPLACE(CAST({column} AS TEXT), '1', '7'), '2', '8') AS {'jsonb' if connection.vendor == 'postgresql' else 'TEXT'})"
    if isinstance(field, models.CharField):
        return f"'x' || substr({column}, 2)"
    return f"{column} + 1000000"


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps values, not how they were written")
@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("facts", "replace(facts, ' ', '')"),
        ("facts", "facts || ' '"),
        ("facts", "'{\"'"),
        ("facts", "CAST(x'ff' AS TEXT)"),
        ("at", "replace(at, ' ', 'T')"),
        ("at", "'never'"),
        ("login", "CAST(x'ff' AS TEXT)"),
        ("login", "CAST(login AS BLOB)"),
        ("digest", "upper(digest)"),
        ("segment_id", "NULL"),
    ],
)
def test_another_way_of_writing_is_named_too(column: str, value: str) -> None:
    rows = fill(Book.JOURNAL, 4, segments=2)
    execute(f"UPDATE audit_entry SET {column} = {value} WHERE id = %s", rows[1])
    fault = checked()
    assert fault is not None
    assert (fault.book, fault.row) == (Book.JOURNAL, rows[1])


@pytest.mark.parametrize("book", Book)
def test_a_change_before_the_sealing_is_named(book: Book) -> None:
    rows = fill(book, 2)
    read_once()
    change_once()
    execute(f"UPDATE {table(book)} SET login = 'somebody' WHERE id > %s", rows[-1])
    fault = checked()
    assert fault is not None
    assert (fault.kind, fault.book) == ("changed", book)
    assert fault.row is not None
    assert fault.row > rows[-1]


@pytest.mark.parametrize("book", Book)
@pytest.mark.parametrize("place", [0, 2, 3, 5])
def test_a_removed_row_is_named(book: Book, place: int) -> None:
    rows = fill(book, 6, segments=2)
    execute(f"DELETE FROM {table(book)} WHERE id = %s", rows[place])
    fault = checked()
    assert fault is not None
    assert (fault.kind, fault.book, fault.row) == ("removed", book, rows[place])


@pytest.mark.parametrize("book", Book)
@pytest.mark.parametrize("sealed", [True, False])
def test_an_inserted_row_is_named(book: Book, sealed: bool) -> None:
    rows = fill(book, 4, segments=2)
    new = _insert_like(
        book, rows[0], {"id": "10000000", "uid": "'made up'", **({} if sealed else {"segment_id": "NULL"})}
    )
    fault = checked()
    assert fault is not None
    assert (fault.kind, fault.book, fault.row) == ("inserted" if sealed else "changed", book, new)


@pytest.mark.parametrize("book", Book)
@pytest.mark.parametrize("sealed", [True, False])
def test_a_copied_row_is_named(book: Book, sealed: bool) -> None:
    rows = fill(book, 4, segments=2)
    _drop_uniqueness(book)
    new = _insert_like(book, rows[0], {"id": "10000000", **({} if sealed else {"segment_id": "NULL"})})
    fault = checked()
    _restore_uniqueness(book, new)
    assert fault is not None
    assert (fault.kind, fault.book, fault.row, fault.other) == ("copied", book, new, rows[0])


def _insert_like(book: Book, row: int, others: dict[str, str]) -> int:
    columns = [f.attname for f in BOOKS[book]._meta.concrete_fields]
    values = ", ".join(others.get(c, c) for c in columns)
    execute(f"INSERT INTO {table(book)} ({', '.join(columns)}) SELECT {values} FROM {table(book)} WHERE id = %s", row)
    return int(others["id"])


def _drop_uniqueness(book: Book) -> None:
    field = BOOKS[book]._meta.get_field("uid")
    other = models.CharField(max_length=32)
    other.set_attributes_from_name("uid")
    with connection.schema_editor() as editor:
        editor.alter_field(BOOKS[book], field, other)


def _restore_uniqueness(book: Book, copy: int) -> None:
    execute(f"DELETE FROM {table(book)} WHERE id = %s", copy)
    field = BOOKS[book]._meta.get_field("uid")
    other = models.CharField(max_length=32)
    other.set_attributes_from_name("uid")
    with connection.schema_editor() as editor:
        editor.alter_field(BOOKS[book], other, field)


@pytest.mark.parametrize("book", Book)
def test_two_rows_that_change_places_are_noticed(book: Book) -> None:
    rows = fill(book, 6, segments=2)
    execute(f"UPDATE {table(book)} SET id = 10000000 WHERE id = %s", rows[0])
    execute(f"UPDATE {table(book)} SET id = %s WHERE id = %s", rows[0], rows[1])
    execute(f"UPDATE {table(book)} SET id = %s WHERE id = 10000000", rows[1])
    fault = checked()
    assert fault is not None
    assert (fault.kind, fault.row) == ("segment_changed", rows[0])


@pytest.mark.parametrize("book", Book)
def test_a_row_of_no_segment_is_named(book: Book) -> None:
    rows = fill(book, 4, segments=2)
    new = _insert_like(book, rows[0], {"id": "10000000", "uid": "'made up'", "segment_id": "999"})
    fault = checked()
    assert fault is not None
    assert (fault.kind, fault.book, fault.row) == ("stray", book, new)


@pytest.mark.parametrize("column", [f.attname for f in Segment._meta.concrete_fields])
def test_a_changed_segment_is_noticed(column: str) -> None:
    rows = fill(Book.JOURNAL, 6, segments=3)
    changes = {
        "id": "id + 1000",
        "book": "'access'",
        "number": "number + 1000",
        "sealed_at": "'2026-01-01 00:00:00.000001+00'"
        if connection.vendor == "postgresql"
        else "'2026-01-01 00:00:00.000001'",
        "rows": f"CAST('[{rows[2]}]' AS {'jsonb' if connection.vendor == 'postgresql' else 'TEXT'})",
        "algorithm": "'sm3'",
    }
    other = changes.get(column, f"'x' || substr({column}, 2)")
    execute(f"UPDATE audit_segment SET {column} = {other} WHERE number = 2")
    fault = checked()
    assert fault is not None
    wanted = {"id": "moved", "book": "segment_removed", "number": "segment_removed", "rows": "inserted"}
    if column == "book":
        assert (fault.kind, fault.book, fault.segment) == ("segment_removed", Book.ACCESS, 1)
    else:
        assert (fault.kind, fault.book) == (wanted.get(column, "segment_changed"), Book.JOURNAL)
        assert fault.row in rows


@pytest.mark.parametrize("book", Book)
def test_a_cut_tail_is_noticed_by_the_anchor(book: Book) -> None:
    rows = fill(book, 6, segments=3)
    execute(f"DELETE FROM {table(book)} WHERE id > %s", rows[1])
    execute("DELETE FROM audit_segment WHERE book = %s AND number > 1", book.value)
    fault = checked()
    assert fault is not None
    assert (fault.kind, fault.book, fault.row, fault.segment) == ("tail_cut", book, rows[1], 2)


@pytest.mark.parametrize("book", Book)
def test_a_cut_tail_is_noticed_after_work_has_gone_on(book: Book) -> None:
    rows = fill(book, 6, segments=3)
    execute(f"DELETE FROM {table(book)} WHERE id > %s", rows[1])
    execute("DELETE FROM audit_segment WHERE book = %s AND number > 1", book.value)
    fill(book, 6, segments=3)
    fault = checked()
    assert fault is not None
    assert (fault.kind, fault.book, fault.row, fault.segment) == ("tail_cut", book, rows[1], 2)


def test_everything_removed_is_noticed() -> None:
    for book in Book:
        fill(book, 2)
        execute(f"DELETE FROM {table(book)}")
    execute("DELETE FROM audit_segment")
    fault = checked()
    assert fault is not None
    assert (fault.kind, fault.book, fault.segment) == ("tail_cut", Book.ACCESS, 1)


def test_a_chain_and_an_anchor_built_anew_without_the_key_are_noticed(home: Path) -> None:
    """Who has the database and the anchor but not the key cannot seal what is left after a removal."""
    rows = fill(Book.JOURNAL, 3)
    execute("DELETE FROM audit_entry WHERE id = %s", rows[0])
    execute("UPDATE audit_entry SET segment_id = NULL")
    execute("DELETE FROM audit_segment")
    (home / "audit" / "head.jsonl").unlink()
    seal()
    assert checked() is None  # whoever has the key as well
    execute("UPDATE audit_segment SET seal = %s WHERE number = 1", "0" * 64)
    fault = checked()
    assert fault is not None
    assert (fault.kind, fault.book, fault.row) == ("segment_changed", Book.JOURNAL, rows[1])
