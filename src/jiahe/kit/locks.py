"""One holder at a time among all processes that work on one database, on one machine or on several."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from jiahe.kit.home import locked


@contextmanager
def exclusive(name: str) -> Iterator[None]:
    """Hold a named lock; it is freed when the holder dies. SQLite's processes share one machine, so a file does."""
    if connection.vendor != "postgresql":
        with locked(name):
            yield
        return
    number = int.from_bytes(hashlib.sha256(f"jiahe {name}".encode()).digest()[:8], signed=True)
    _execute("SELECT pg_advisory_lock(%s)", number)
    try:
        yield
    finally:
        _execute("SELECT pg_advisory_unlock(%s)", number)


def _execute(sql: str, number: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, [number])
