"""How segments are chained: each hash covers the one before, what the segment says of itself, and its rows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

import orjson
from cryptography.hazmat.primitives import hashes

from jiahe.kit.crypto import keyring

ALGORITHMS = {"sha256": hashes.SHA256, "sm3": hashes.SM3}
BEGINNING = "0" * 64  # what the first segment of a book is chained to


def line(number: int, digest: str, content: bytes) -> bytes:
    """A row as the chain, and an export, write it: its id, its digest and its content, which holds no line break."""
    return b'{"id":%d,"digest":"%s","content":%s}\n' % (number, digest.encode(), content)


def heading(*, book: str, number: int, sealed_at: datetime, algorithm: str, previous: str, rows: list[int]) -> bytes:
    """What a segment says of itself."""
    said = {
        "book": book,
        "number": number,
        "sealed_at": sealed_at.astimezone(UTC).isoformat(),
        "algorithm": algorithm,
        "previous": previous,
        "rows": rows,
    }
    return orjson.dumps(said) + b"\n"


def hash_of(algorithm: str, head: bytes, lines: Iterable[bytes]) -> str:
    """The hash of a segment, in hexadecimal; `KeyError` for an unknown algorithm."""
    total = hashes.Hash(ALGORITHMS[algorithm]())
    total.update(head)
    for one in lines:
        total.update(one)
    return total.finalize().hex()


def seal_of(segment_hash: str) -> str:
    return keyring().digest(f"audit segment {segment_hash}")
