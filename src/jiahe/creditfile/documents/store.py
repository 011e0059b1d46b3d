"""The documents of all enterprises: one for each (category, enterprise), keyed for whole-file reads.

The key is (bucket, category, serial) with a bucket of eight enterprises: one enterprise's documents lie
close together, and one category's reload still touches each page once (docs/decisions/0003).
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from django.db import connections
from zstandard import ZstdDecompressor

from jiahe.catalogue import Category
from jiahe.creditfile.documents import body as bodies
from jiahe.creditfile.documents import postgresql, sqlite
from jiahe.kit.statements import send

BUCKET = 8
_of_thread = threading.local()


def alias() -> str:
    """The database that holds the documents: a file of their own beside SQLite, the one database on PostgreSQL."""
    return "creditfile" if "creditfile" in connections else "default"


def forget() -> None:
    """Drop what this thread remembers: other layouts and dictionaries may now stand under the same numbers."""
    _of_thread.__dict__.clear()


def number(category: Category) -> int:
    return int(category.code)


@dataclass(frozen=True)
class Document:
    """One enterprise's current records of one category: values in the order of `columns`, rows in that of their keys."""

    category: str
    columns: tuple[str, ...]
    rows: list[list[Any]]


class DocumentStore:
    """Plain SQL over one database connection; every write belongs to the caller's transaction."""

    def __init__(self) -> None:
        django = connections[alias()]
        django.ensure_connection()
        self._connection: Any = django.connection
        self._place = str(django.settings_dict["NAME"])
        self._dialect: ModuleType = sqlite if django.vendor == "sqlite" else postgresql

    def _query(self, sql: str, values: Collection[Any] = ()) -> list[tuple[Any, ...]]:
        return list(self._connection.execute(sql.replace("?", self._dialect.MARK), tuple(values)).fetchall())

    def _execute(self, sql: str, values: Collection[Any]) -> None:
        self._connection.execute(sql.replace("?", self._dialect.MARK), tuple(values))

    def create(self) -> None:
        """Make the tables where they are missing."""
        self._dialect.create(self._connection)

    def watermark(self, category: Category) -> int:
        """The last batch of a category that its documents show; 0 before the first."""
        found = self._query("SELECT batch FROM creditfile_watermark WHERE category = ?", [number(category)])
        return int(found[0][0]) if found else 0

    def set_watermark(self, category: Category, batch: int, applied_on: str) -> None:
        self._execute("DELETE FROM creditfile_watermark WHERE category = ?", [number(category)])
        self._execute("INSERT INTO creditfile_watermark VALUES (?, ?, ?)", [number(category), batch, applied_on])

    def clear(self, category: Category) -> None:
        """Drop a category's documents; layouts and dictionaries stay, since readers keep them by number."""
        for table in ("document", "watermark"):
            self._execute(f"DELETE FROM creditfile_{table} WHERE category = ?", [number(category)])

    def clear_dictionaries(self, category: Category) -> None:
        """Drop the dictionaries of a category whose documents are written anew."""
        self._execute("DELETE FROM creditfile_dictionary WHERE category = ?", [number(category)])

    def tells(self, category: Category, values: Iterable[str]) -> bool:
        """Whether a dictionary of the category, made from samples of its records, holds one of some values."""
        sql = "SELECT body FROM creditfile_dictionary WHERE category = ?"
        dictionaries = [bytes(row[0]) for row in self._query(sql, [number(category)])]
        return bool(dictionaries) and any(v.encode() in d for v in values for d in dictionaries)

    def flush(self) -> None:
        """After a removal that is committed: leave no byte of what is gone where the database can avoid it."""
        self._dialect.flush(self._connection)

    def layout(self, category: Category, columns: tuple[str, ...]) -> int:
        """The number of a layout, made when it is new."""
        values = [number(category), ",".join(columns)]
        sql = "SELECT id FROM creditfile_layout WHERE category = ? AND columns = ?"
        if not self._query(sql, values):
            self._execute("INSERT INTO creditfile_layout (category, columns) VALUES (?, ?)", values)
        return int(self._query(sql, values)[0][0])

    def dictionary(self, category: Category) -> tuple[int, bytes | None]:
        """The newest compression dictionary of a category and its number; 0 and None where it has none."""
        sql = "SELECT id, body FROM creditfile_dictionary WHERE category = ? ORDER BY id DESC LIMIT 1"
        found = self._query(sql, [number(category)])
        return (int(found[0][0]), bytes(found[0][1])) if found else (0, None)

    def add_dictionary(self, category: Category, content: bytes) -> tuple[int, bytes]:
        self._execute("INSERT INTO creditfile_dictionary (category, body) VALUES (?, ?)", [number(category), content])
        return self.dictionary(category)[0], content

    def write(self, category: Category, columns: tuple[str, ...], groups: Iterable[bodies.Texts]) -> int:
        """Compress and store the documents of sorted groups; gives how many there were."""
        layout = self.layout(category, columns)
        key, content = self.dictionary(category)
        written = 0
        for group in groups:
            if content is None and (trained := bodies.train(group.sample(bodies.SAMPLES))):
                key, content = self.add_dictionary(category, trained)
            self._dialect.write(self._connection, self._documents(category, group, layout, key, content))
            written += len(group.serials)
        return written

    def _documents(
        self, category: Category, group: bodies.Texts, layout: int, key: int, content: bytes | None
    ) -> Iterator[tuple[Any, ...]]:
        code = number(category)
        packed = bodies.compress(group, content)
        for serial, count, body in zip(group.serials.tolist(), group.counts.tolist(), packed, strict=True):
            yield serial // BUCKET, code, serial, layout, key, count, body

    def delete(self, category: Category, serials: Iterable[int]) -> None:
        """Remove the documents of enterprises that have no record left in a category."""
        self._dialect.delete(self._connection, [(s // BUCKET, number(category), s) for s in serials])

    def read(self, serial: int, categories: Collection[Category]) -> list[Document]:
        """One enterprise's documents in the order of their category codes."""
        try:
            return self._read(serial, categories)
        except LookupError:  # between two queries the documents were written anew with another dictionary
            return self._read(serial, categories)

    def _read(self, serial: int, categories: Collection[Category]) -> list[Document]:
        numbers = ", ".join(str(number(c)) for c in categories)
        found = send(
            f"SELECT category, layout, dictionary, body FROM creditfile_document"
            f" WHERE bucket = %s AND category IN ({numbers}) AND serial = %s ORDER BY category",
            [serial // BUCKET, serial],
            using=alias(),
        )()
        return [
            Document(f"{code:04d}", self._columns(layout), bodies.rows(bytes(body), self._opener(key)))
            for code, layout, key, body in found
        ]

    def _columns(self, layout: int) -> tuple[str, ...]:
        known: dict[tuple[str, int], tuple[str, ...]] = self._cache("layouts")
        if (self._place, layout) not in known:
            found = self._query("SELECT columns FROM creditfile_layout WHERE id = ?", [layout])
            known[self._place, layout] = tuple(found[0][0].split(","))
        return known[self._place, layout]

    def _opener(self, key: int) -> ZstdDecompressor:
        known: dict[tuple[str, int], ZstdDecompressor] = self._cache("openers")
        if (self._place, key) not in known:
            found = self._query("SELECT body FROM creditfile_dictionary WHERE id = ?", [key])
            known[self._place, key] = bodies.decompressor(bytes(found[0][0]) if key else None)
        return known[self._place, key]

    def _cache(self, what: str) -> dict[tuple[str, int], Any]:
        """Layouts and dictionaries never change under their number; a decompressor belongs to one thread."""
        cache: dict[tuple[str, int], Any] = _of_thread.__dict__.setdefault(what, {})
        return cache
