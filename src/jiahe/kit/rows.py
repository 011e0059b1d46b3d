"""New rows: each in one INSERT whose text is made once, or many, of many tables, in one round trip at the end of a piece of work.

What a change leaves behind (journal, events, messages) is only added, and nobody needs its keys. An action that many wait
for opens `together` inside its transaction, and whatever is added below it goes to the database at its end, or not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any, TypeVar

from django.db import connection, connections
from django.db.models import Field, Model

from jiahe.kit.statements import Rows, in_one_go, send

T = TypeVar("T")
Work = Callable[[list[T]], Iterable[Model]]
AT_ONCE = 500  # rows of one statement, of as many columns as SQLite takes
STEPS = 200


@dataclass
class _Together:
    rows: list[Model] = field(default_factory=list)
    later: dict[Work[Any], list[Any]] = field(default_factory=dict)


_open: ContextVar[_Together | None] = ContextVar("together", default=None)


@contextmanager
def together() -> Iterator[None]:
    """Keep what is added until the end of the block, and then write it; inside one that is open already it adds nothing.

    A failure inside must fail the whole transaction: what was added before it is not written.
    """
    if _open.get():
        yield
        return
    assert connection.in_atomic_block
    kept = _Together()
    token = _open.set(kept)
    try:
        yield
    finally:
        _open.reset(token)
    _write([*kept.rows, *(row for work, items in kept.later.items() for row in work(items))])


def add(*rows: Model) -> None:
    """Write rows, whose keys stay unknown; with everything else, where the caller works `together`."""
    if kept := _open.get():
        kept.rows += rows
    else:
        _write(rows)


def add_later(work: Work[T], item: T) -> None:
    """Write the rows that `work` makes of an item; where the caller works `together`, of all items at once."""
    if kept := _open.get():
        kept.later.setdefault(work, []).append(item)
    else:
        _write(list(work([item])))


def insertion(row: Model) -> Rows:
    """Send one row; what this gives waits for its key."""
    begin, marks, fields = _insertion(type(row))
    return send(f"{begin} {marks} RETURNING id", _values(row, fields))


def insert(row: Model) -> None:
    """Write one row at once and give it its key."""
    ((row.pk,),) = insertion(row)()
    row._state.adding = False


def change(row: Model, start: tuple[str, ...], changes: Mapping[str, Any]) -> bool:
    """Change a row where it is in one of the states `start`, and say whether it was; the object then says the same."""
    query, fields = _conditional(type(row), tuple(changes), start)
    values = (value.pk if isinstance(value, Model) else value for value in changes.values())
    stored = [field.get_db_prep_save(value, connection) for field, value in zip(fields, values, strict=True)]
    moved = bool(send(query, [*stored, row.pk, *start])())
    if moved:
        for name, value in changes.items():
            setattr(row, name, value)
    return moved


@lru_cache(maxsize=STEPS)
def _conditional(
    model: type[Model], names: tuple[str, ...], start: tuple[str, ...]
) -> tuple[str, list[Field[Any, Any]]]:
    fields = [one for name in names if isinstance(one := model._meta.get_field(name), Field)]
    sets, states = ", ".join(f'"{one.column}" = %s' for one in fields), ", ".join(["%s"] * len(start))
    return f"UPDATE {model._meta.db_table} SET {sets} WHERE id = %s AND state IN ({states}) RETURNING id", fields


def _write(rows: Sequence[Model]) -> None:
    """The tables in the order of their first rows, each with its rows in theirs."""
    tables: dict[type[Model], list[Model]] = {}
    for row in rows:
        tables.setdefault(type(row), []).append(row)
    with in_one_go():
        for model, some in tables.items():
            begin, marks, fields = _insertion(model)
            for start in range(0, len(some), AT_ONCE):
                now = some[start : start + AT_ONCE]
                values = [value for row in now for value in _values(row, fields)]
                send(f"{begin} {', '.join([marks] * len(now))}", values)


def _values(row: Model, fields: list[Field[Any, Any]]) -> list[Any]:
    known = connections["default"]
    return [field.get_db_prep_save(getattr(row, field.attname), known) for field in fields]


@cache
def _insertion(model: type[Model]) -> tuple[str, str, list[Field[Any, Any]]]:
    """How the statement begins that adds rows of a model, the marks of one row, and the fields of its values."""
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    columns, marks = ", ".join(f'"{one.column}"' for one in fields), ", ".join(["%s"] * len(fields))
    return f"INSERT INTO {model._meta.db_table} ({columns}) VALUES", f"({marks})", fields
