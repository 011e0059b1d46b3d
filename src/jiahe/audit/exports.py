"""A sealed month as files that can be checked without the database.

One folder a month: for each book a file of JSON lines, a line for each segment and then one for each of its rows, as
the chain writes them; and `manifest.json`, which says where the month begins and ends in the chain.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import orjson

from jiahe.audit import chain
from jiahe.audit.models import Book
from jiahe.kit import clock
from jiahe.kit.crypto import keyring

MANIFEST = "manifest.json"
FORMAT = 1
PROOF = "jiahe audit export"  # its keyed digest tells whether the key at hand is the one that signed the rows


@dataclass(frozen=True)
class Part:
    """One book of a month: its file, and the segment before its first and its last, in the chain."""

    file: str
    sha256: str
    rows: int
    before: int
    before_hash: str
    last: int
    last_hash: str


@dataclass(frozen=True)
class Manifest:
    """What a month's folder holds; `key` is a keyed digest of a known text."""

    month: str
    made_at: str
    key: str
    books: dict[Book, Part]

    def write(self, place: Path) -> None:
        said = self._said()
        said["digest"] = _digest_of(said)
        (place / MANIFEST).write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")

    def _said(self) -> dict[str, Any]:
        books = {book.value: asdict(part) for book, part in self.books.items()}
        return {"format": FORMAT, "month": self.month, "made_at": self.made_at, "key": self.key, "books": books}


def read(place: Path) -> Manifest:
    """The manifest of a month's folder; `ValueError` where it is not as it was written."""
    text = (place / MANIFEST).read_text(encoding="utf-8")
    said = json.loads(text)
    digest = said.pop("digest")
    try:
        books = {Book(name): Part(**part) for name, part in said["books"].items()}
        manifest = Manifest(said["month"], said["made_at"], said["key"], books)
    except (KeyError, TypeError) as error:
        raise ValueError(MANIFEST) from error
    rewritten = json.dumps({**said, "digest": digest}, ensure_ascii=False, indent=1) + "\n"
    if said.get("format") != FORMAT or _digest_of(said) != digest or rewritten != text:
        raise ValueError(MANIFEST)
    return manifest


def _digest_of(said: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def months_in(place: Path) -> list[Path]:
    """The folder itself, or those below it, that hold a month; the oldest first."""
    if (place / MANIFEST).is_file():
        return [place]
    return sorted(path.parent for path in place.glob(f"*/{MANIFEST}"))


def key_proof() -> str:
    return keyring().digest(PROOF)


def bounds(month: str) -> tuple[datetime, datetime]:
    """The month's first moment and the next one's, in the city's time; `ValueError` for what is no month."""
    first = date.fromisoformat(f"{month}-01")
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return datetime.combine(first, time.min, clock.ZONE), datetime.combine(following, time.min, clock.ZONE)


def segment_line(said: dict[str, Any], segment_hash: str, seal: str) -> bytes:
    """A segment as an export writes it; its rows follow."""
    heading = chain.heading(**said)[:-1].decode()
    return f'{{"segment":{heading},"hash":"{segment_hash}","seal":"{seal}"}}\n'.encode()


def segment_in(line: bytes) -> tuple[dict[str, Any], str, str]:
    """The same read again; `ValueError` for anything else, byte for byte."""
    try:
        found = orjson.loads(line)
        said = {**found["segment"], "sealed_at": datetime.fromisoformat(found["segment"]["sealed_at"])}
        again = segment_line(said, found["hash"], found["seal"])
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(line) from error
    if again != line:
        raise ValueError(line)
    return said, found["hash"], found["seal"]


def row_in(line: bytes) -> tuple[int, str, bytes]:
    """Id, digest and content of a row's line; `ValueError` for anything else, byte for byte."""
    try:
        found = orjson.loads(line)
        content = orjson.dumps(found["content"], option=orjson.OPT_SORT_KEYS)
        again = chain.line(found["id"], found["digest"], content)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(line) from error
    if again != line:
        raise ValueError(line)
    return found["id"], found["digest"], content


def lines_of(path: Path) -> Iterator[tuple[int, bytes]]:
    with path.open("rb") as file:
        yield from enumerate(file, start=1)
