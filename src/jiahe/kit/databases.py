"""The relational databases of an installation, and where its credit file documents lie."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.db import connections

from jiahe.kit.statements import Rows, send

# WAL lets readers go on while one writes. NORMAL survives a killed process; a power cut may cost the last
# transactions, never the file's soundness.
# What is removed is overwritten: retention ends in the file too.
PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY;"
    " PRAGMA secure_delete=ON;"
)
WAIT_SECONDS = 30
# One large batch holds the documents' write lock for most of a minute, and several may queue.
DOCUMENTS_WAIT_SECONDS = 600


def databases(url: str, home: Path) -> dict[str, dict[str, Any]]:
    """Django's DATABASES: PostgreSQL alone, or SQLite with the documents in a file of their own."""
    parts = urlsplit(url or f"sqlite:///{home / 'jiahe.sqlite3'}")
    if parts.scheme in {"postgres", "postgresql"}:
        return {"default": _postgresql(parts)}
    if parts.scheme == "sqlite":
        path = Path(unquote(parts.path.removeprefix("/")))
        return {
            "default": _sqlite(path, WAIT_SECONDS),
            "creditfile": _sqlite(path.with_name("creditfile.sqlite3"), DOCUMENTS_WAIT_SECONDS),
        }
    raise ImproperlyConfigured(f"DATABASE_URL: 不支持“{parts.scheme}”，请用 postgresql:// 或 sqlite:///")


def _sqlite(path: Path, wait: int) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {"timeout": wait, "transaction_mode": "IMMEDIATE", "init_command": PRAGMAS},
    }


def _postgresql(parts: SplitResult) -> dict[str, Any]:
    """Options such as sslmode, or host for a socket's folder, stand in the query."""
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "jiahe.kit.postgresql",
        "NAME": unquote(parts.path.removeprefix("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": options.pop("port", str(parts.port or "")),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


class DocumentsRouter:
    """The documents' own file takes no Django tables: its tables are plain SQL."""

    def allow_migrate(self, db: str, app_label: str, **_: object) -> bool | None:
        return False if db == "creditfile" else None


# Above every other use of PostgreSQL's advisory locks.
GATE = 0x4A48 << 48


def shut_gate(number: int) -> None:
    """Let nobody new hold the rows behind this number until the caller's transaction ends.

    PostgreSQL hands a held row to every further holder, so that whoever wants to change it could wait for ever.
    """
    if connections["default"].vendor == "postgresql":
        with connections["default"].cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [GATE + number])


_GATES = "SELECT pg_advisory_lock_shared(key), pg_advisory_unlock_shared(key) FROM unnest(%s::bigint[]) AS key;"


def wait_at_gates(numbers: str, values: Sequence[Any]) -> None:
    """Send a wait for whoever shut one of the gates whose `number` a query gives; none of them is held afterwards."""
    if connections["default"].vendor == "postgresql":
        keys = f"SELECT {GATE} + number AS key FROM ({numbers}) numbers"
        send(f"SELECT pg_advisory_lock_shared(key), pg_advisory_unlock_shared(key) FROM ({keys}) keys", values)


def send_held(query: str, table: str, values: Sequence[Any]) -> Rows:
    """As `held`, of a statement whose text is always the same; what this gives waits for the rows."""
    lock = f" FOR SHARE OF {table}" if connections["default"].vendor == "postgresql" else ""
    return send(query + lock, values)


def to_change(query: str, table: str, values: Sequence[Any], *, gate: int) -> Rows:
    """The rows of a query, those of `table` the caller's alone until the transaction ends, behind a gate that is shut
    before; its text is always the same, and what this gives waits for the rows."""
    if connections["default"].vendor != "postgresql":
        return send(query, values)
    send("SELECT pg_advisory_xact_lock(%s)", [GATE + gate])
    return send(f"{query} FOR NO KEY UPDATE OF {table}", values)


def held(query: str, table: str, values: Sequence[Any], *, gates: Collection[int] = ()) -> list[tuple[Any, ...]]:
    """The rows of a query such that nobody changes those of `table` until the transaction ends; others may hold them too.

    Before, in the same round trip, it waits for whoever shut one of the gates, and holds none of them afterwards.
    Nothing of that is needed on SQLite, whose transactions here begin with the write lock.
    """
    with connections["default"].cursor() as cursor:
        if connections["default"].vendor != "postgresql":
            cursor.execute(query, values)
        elif gates:  # the second statement sees what was committed while the first one waited
            cursor.execute(f"{_GATES}{query} FOR SHARE OF {table}", [[GATE + one for one in gates], *values])
            cursor.nextset()
        else:
            cursor.execute(f"{query} FOR SHARE OF {table}", values)
        return list(cursor.fetchall())
