"""Whether exported months are as they were sealed; needs no database, and for the keyed digests the key."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from jiahe.audit import chain, exports
from jiahe.audit.errors import NoExport
from jiahe.audit.exports import Manifest, Part
from jiahe.audit.models import Book
from jiahe.kit import crypto

SENTENCES = {
    "manifest": _("{place}：清单无法读取或被改动。"),
    "file": _("{place}：文件不存在，或与清单所记不符。"),
    "gap": _("{place}：{book}与上一个月份不相衔接，其间有条目缺失。"),
    "line": _("{place} 第 {line} 行({book}第 {row} 条)被改动：与封存时的写法不符。"),
    "row": _("{place} 第 {line} 行({book}第 {row} 条)被改动：内容与写入时的摘要不符。"),
    "rows": _("{place} 第 {line} 行({book}第 {row} 条)被改动：条目与所在的段所列不符，有移除、插入或改号。"),
    "segment": _("{place} 第 {line} 行：{book}第 {segment} 段(自第 {row} 条起)与其哈希不符，段或其中的条目被改动。"),
}


@dataclass(frozen=True)
class ExportFault:
    """The first thing that is wrong in exported files."""

    kind: str
    place: str
    book: Book | None = None
    line: int | None = None
    row: int | str | None = None
    segment: int | None = None

    @property
    def sentence(self) -> str:
        facts = {"book": self.book.label if self.book else "", "line": self.line, "row": self.row}
        return str(SENTENCES[self.kind]).format(place=self.place, segment=self.segment, **facts)


@dataclass(frozen=True)
class ExportReport:
    """The months in order before the first fault, how many rows they have, and whether the key was at hand for all."""

    months: tuple[Manifest, ...]
    rows: int
    keyed: bool
    fault: ExportFault | None


class _Wrong(Exception):
    def __init__(self, fault: ExportFault) -> None:
        super().__init__(fault.kind)
        self.fault = fault


def check(place: Path) -> ExportReport:
    """Check all months in a folder, one after the other; `NoExport` where there is none.

    Without the key that signed the rows only the chain is checked: a changed segment is named then, not the row.
    """
    folders = exports.months_in(place)
    if not folders:
        raise NoExport(place=place)
    done: list[Manifest] = []
    keyed, fault = True, None
    try:
        for folder in folders:
            manifest = _manifest(folder)
            has_key = crypto.has_keys() and exports.key_proof() == manifest.key
            keyed = keyed and has_key
            for book in Book:
                _Reading(folder, book, manifest.books[book], keyed=has_key).check(done[-1] if done else None)
            done.append(manifest)
    except _Wrong as found:
        fault = found.fault
    rows = sum(part.rows for manifest in done for part in manifest.books.values())
    return ExportReport(tuple(done), rows, keyed, fault)


def _manifest(folder: Path) -> Manifest:
    try:
        manifest = exports.read(folder)
    except (OSError, ValueError, KeyError, AttributeError) as error:
        raise _Wrong(ExportFault("manifest", str(folder / exports.MANIFEST))) from error
    if set(manifest.books) != set(Book):
        raise _Wrong(ExportFault("manifest", str(folder / exports.MANIFEST)))
    return manifest


class _Reading:
    """One book's file of a month, line by line."""

    def __init__(self, folder: Path, book: Book, part: Part, *, keyed: bool) -> None:
        self.path = folder / part.file
        self.book, self.part, self.keyed = book, part, keyed
        self.number, self.hash, self.rows = part.before, part.before_hash, 0

    def check(self, before: Manifest | None) -> None:
        if before:
            earlier = before.books[self.book]
            if (earlier.last, earlier.last_hash) != (self.part.before, self.part.before_hash):
                raise self._wrong("gap")
        if not self.path.is_file():
            raise self._wrong("file")
        total = hashlib.sha256()
        lines = exports.lines_of(self.path)
        for place, line in lines:
            self._segment(place, line, lines, total)
        ends = (self.number, self.hash, self.rows, total.hexdigest())
        if ends != (self.part.last, self.part.last_hash, self.part.rows, self.part.sha256):
            raise self._wrong("file")

    def _segment(self, place: int, line: bytes, lines: Iterator[tuple[int, bytes]], total: Any) -> None:
        """One segment with the rows that it lists."""
        total.update(line)
        try:
            said, segment_hash, seal = exports.segment_in(line)
            listed = list(said["rows"])
        except ValueError:
            raise self._wrong("segment", line=place, segment=self.number + 1, row="?") from None
        read = [self._row(wanted, lines, total) for wanted in listed]
        first = listed[0] if listed else "?"
        sound = (said["book"], said["number"], said["previous"]) == (self.book.value, self.number + 1, self.hash)
        if not sound or said["algorithm"] not in chain.ALGORITHMS:
            raise self._wrong("segment", line=place, segment=self.number + 1, row=first)
        computed = chain.hash_of(said["algorithm"], chain.heading(**said), read)
        if segment_hash != computed or (self.keyed and seal != chain.seal_of(computed)):
            raise self._wrong("segment", line=place, segment=self.number + 1, row=first)
        self.number, self.hash, self.rows = self.number + 1, segment_hash, self.rows + len(read)

    def _row(self, wanted: int, lines: Iterator[tuple[int, bytes]], total: Any) -> bytes:
        """The line of the row that must come next."""
        place, line = next(lines, (0, b""))
        total.update(line)
        try:
            number, digest, content = exports.row_in(line)
        except ValueError:
            raise self._wrong("line", line=place, row=wanted) from None
        if number != wanted:
            raise self._wrong("rows", line=place, row=wanted)
        if self.keyed and crypto.keyring().digest(content.decode()) != digest:
            raise self._wrong("row", line=place, row=wanted)
        return line

    def _wrong(self, kind: str, **facts: Any) -> _Wrong:
        return _Wrong(ExportFault(kind, str(self.path), self.book, **facts))
