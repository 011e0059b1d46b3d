"""The heads of both books, written down outside the database, so that a cut tail is noticed.

An append-only file of JSON lines: when, and number and hash of each book's newest segment then. It begins with a line
from before the first segment; a file that is missing afterwards is never begun anew by itself.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from jiahe.audit.models import Book
from jiahe.kit import clock
from jiahe.kit.configuration import setting
from jiahe.kit.home import folder

TAIL_BYTES = 4096  # more than one line takes


@dataclass(frozen=True)
class Head:
    """A book's newest segment; number 0 before the first."""

    number: int
    hash: str


Heads = dict[Book, Head]


@dataclass(frozen=True)
class Line:
    """One line of the file: its place, and the heads at a moment."""

    place: int
    at: datetime
    heads: Heads


class UnreadableLine(ValueError):
    """A line that is no line of the file."""


def path() -> Path:
    """The configured file, or the one in the data folder."""
    configured = setting("JIAHE_ANCHOR")
    return Path(configured) if configured else folder("audit") / "head.jsonl"


def keep(heads: Heads) -> None:
    """Write the heads down, unless the last line says them already or the file has gone missing."""
    place = path()
    if not place.exists():
        if all(head.number == 0 for head in heads.values()):
            _append(place, heads)
            _flush(place.parent)
        return
    known = last()
    if known is None or known.heads != heads:
        _append(place, heads)


def last() -> Line | None:
    """The last whole line; None where there is none, or none that can be read."""
    place = path()
    if not place.exists():
        return None
    with place.open("rb") as file:
        file.seek(max(0, place.stat().st_size - TAIL_BYTES))
        whole = file.read().split(b"\n")[:-1]
    try:
        return _parsed(0, whole[-1]) if whole else None
    except UnreadableLine:
        return None


def lines(size: int) -> Iterator[Line]:
    """Every whole line within the file's first bytes; raises `UnreadableLine` with its place at one that is none."""
    with path().open("rb") as file:
        for place, written in enumerate(file, start=1):
            size -= len(written)
            if size < 0 or not written.endswith(b"\n"):
                return
            yield _parsed(place, written)


def _append(place: Path, heads: Heads) -> None:
    """One line, on the disk when this returns; a line that a power cut tore off is taken away first."""
    said = {"at": clock.now().isoformat()} | {b.value: {"number": h.number, "hash": h.hash} for b, h in heads.items()}
    place.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(place, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        _mend(descriptor)
        os.write(descriptor, json.dumps(said).encode() + b"\n")
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _mend(descriptor: int) -> None:
    size = os.fstat(descriptor).st_size
    start = max(0, size - TAIL_BYTES)
    tail = os.pread(descriptor, TAIL_BYTES, start)
    if tail and not tail.endswith(b"\n"):
        os.ftruncate(descriptor, start + tail.rfind(b"\n") + 1)


def _flush(place: Path) -> None:
    descriptor = os.open(place, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _parsed(place: int, written: bytes) -> Line:
    try:
        said = json.loads(written)
        heads = {b: Head(int(said[b.value]["number"]), str(said[b.value]["hash"])) for b in Book}
        return Line(place, datetime.fromisoformat(said["at"]), heads)
    except (ValueError, KeyError, TypeError) as error:
        raise UnreadableLine(place) from error
