"""Plain SQL for what every page waits for: sent at once, waited for where the rows are needed.

On PostgreSQL its text is parsed and planned once for each connection, and within `in_one_go` it travels in company.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from typing import Any, TypeVar

from django.db import connections
from django.db.models import Model

M = TypeVar("M", bound=Model)
Rows = Callable[[], list[tuple[Any, ...]]]


def send(query: str, values: Sequence[Any] = (), *, using: str = "default") -> Rows:
    """Send a statement whose text is always the same; what this gives waits for its rows."""
    django: Any = connections[using]
    cursor = django.prepared() if django.vendor == "postgresql" else django.cursor()
    cursor.execute(query, values)
    fetched: Rows = cursor.fetchall
    return fetched


def in_one_go() -> AbstractContextManager[Any]:
    """Within, statements wait for each other only where rows are asked for; a failure shows there or at the end."""
    django: Any = connections["default"]
    return django.pipeline() if django.vendor == "postgresql" else nullcontext()


def columns(model: type[Model], table: str) -> str:
    """All columns of a model, for the SELECT of a statement in which its table goes by this name."""
    return ", ".join(f"{table}.{field.column}" for field in model._meta.concrete_fields)


def instance(model: type[M], values: Iterable[Any]) -> M:
    """A row of a model from the values of its `columns`."""
    return model.from_db("default", [f.attname for f in model._meta.concrete_fields], list(map(aware, values)))


def aware(value: Any) -> Any:
    """SQLite keeps moments without saying that they are in UTC."""
    return value.replace(tzinfo=UTC) if isinstance(value, datetime) and value.tzinfo is None else value


def moment(at: datetime, *, using: str = "default") -> Any:
    """A moment as the database compares it."""
    return connections[using].ops.adapt_datetimefield_value(at)
