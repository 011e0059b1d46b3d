"""Rows and segments as the database holds them, text for text: what is read here was not tidied up on the way."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import orjson
from django.db import DatabaseError, connection, models

from jiahe.audit.models import BOOKS, Book, Segment
from jiahe.audit.models.row import content, digest

Fields = dict[str, Any]
KEYS = ("id", "segment_id")


@dataclass(frozen=True, slots=True)
class Stored:
    """One row. `content` is what its digest should cover, empty where the fields cannot be those of any row."""

    id: int
    segment: int | None
    digest: str
    at: datetime | None
    uid: str
    content: bytes

    @property
    def is_whole(self) -> bool:
        """Whether the content is what the keyed digest was made of."""
        return bool(self.content) and digest(self.content) == self.digest


def unsealed(book: Book, limit: int) -> list[Stored]:
    """The rows that no segment has, in the order of their ids."""
    return _rows(book, "segment_id IS NULL ORDER BY id LIMIT %s", [limit])


def sealed_in(book: Book, segments: Sequence[int]) -> list[Stored]:
    """The rows that say they are in one of some segments."""
    places = ", ".join(["%s"] * len(segments))
    return _rows(book, f"segment_id IN ({places}) ORDER BY segment_id, id", list(segments))


def row(book: Book, number: int) -> Stored | None:
    return next(iter(_rows(book, "id = %s", [number])), None)


def segments_after(book: Book, number: int, limit: int) -> list[Fields]:
    """The segments of a book that follow a number; of one that cannot be read, only the id."""
    return _read(Segment, "book = %s AND number > %s ORDER BY number LIMIT %s", [book.value, number, limit])


def _rows(book: Book, where: str, parameters: list[Any]) -> list[Stored]:
    return [_stored(fields) for fields in _read(BOOKS[book], where, parameters)]


def _stored(fields: Fields) -> Stored:
    at, uid = fields.get("at"), str(fields.get("uid", ""))
    key, said, segment = fields.pop("id"), str(fields.pop("digest", "")), fields.pop("segment_id")
    try:
        written = content(fields) if at else b""
    except (TypeError, UnicodeError):
        written = b""
    return Stored(key, segment, said, at, uid, written)


def _read(model: type[models.Model], where: str, parameters: list[Any]) -> list[Fields]:
    """The fields of some rows; of a row that cannot be read, only the id and the segment."""
    columns, times, documents, selected = _shape(model)
    read_json = _json_as_written if connection.vendor == "sqlite" else orjson.loads
    table = model._meta.db_table
    with connection.cursor() as cursor:
        try:
            cursor.execute(f"SELECT {selected} FROM {table} WHERE {where}", parameters)
            return [
                _parsed(dict(zip(columns, row, strict=True)), times, documents, read_json) for row in cursor.fetchall()
            ]
        except DatabaseError:
            # SQLite keeps what is no text in a column of text, and then cannot give it: find out which row it is.
            keys = [c for c in KEYS if c in columns]
            cursor.execute(f"SELECT {', '.join(keys)} FROM {table} WHERE {where}", parameters)
            found = [dict(zip(keys, row, strict=True)) for row in cursor.fetchall()]
    return found if len(found) == 1 else [_read(model, "id = %s", [one["id"]])[0] for one in found]


@lru_cache(maxsize=8)
def _shape(model: type[models.Model]) -> tuple[list[str], list[str], list[str], str]:
    """The columns, which of them are times, which are JSON, and how all are selected: those two as text."""
    fields = model._meta.concrete_fields
    times = [f.attname for f in fields if isinstance(f, models.DateTimeField)]
    documents = [f.attname for f in fields if isinstance(f, models.JSONField)]
    as_text = {*times, *documents}
    selected = (f'CAST("{f.attname}" AS TEXT)' if f.attname in as_text else f'"{f.attname}"' for f in fields)
    return [f.attname for f in fields], times, documents, ", ".join(selected)


def _parsed(fields: Fields, times: list[str], documents: list[str], read_json: Callable[[str], Any]) -> Fields:
    try:
        for name in times:
            fields[name] = _time(fields[name])
        for name in documents:
            fields[name] = read_json(fields[name])
    except (TypeError, ValueError):
        return {name: fields[name] for name in KEYS if name in fields}
    return fields


def _time(text: str) -> datetime:
    value = datetime.fromisoformat(text)
    if value.tzinfo is None:
        _assert_as_written(str(value), text)
        value = value.replace(tzinfo=UTC)
    return value


@lru_cache(maxsize=4096)
def _json_as_written(text: str) -> Any:
    """Lists of categories repeat; nobody changes what is read."""
    value = orjson.loads(text)
    _assert_as_written(json.dumps(value), text)
    return value


def _assert_as_written(expected: str, text: str) -> None:
    """SQLite keeps a value as it was written; another way of writing it was not ours."""
    if expected != text:
        raise ValueError
