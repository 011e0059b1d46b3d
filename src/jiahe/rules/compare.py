"""One comparison, for a record's item as for a subject's value."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from operator import eq, ge, gt, le, lt, ne
from typing import Any

from jiahe.catalogue import Item, ItemType
from jiahe.rules.days import resolved
from jiahe.rules.model import Operator, Relative, Single, Value
from jiahe.rules.subjects import within

Stored = int | str | date | bool
FEN = 2

# For values and for columns of values alike.
ORDER: dict[Operator, Callable[[Any, Any], Any]] = {
    Operator.EQUAL: eq,
    Operator.NOT_EQUAL: ne,
    Operator.AT_LEAST: ge,
    Operator.MORE: gt,
    Operator.AT_MOST: le,
    Operator.LESS: lt,
}
CHOICE = (Operator.IN, Operator.NOT_IN)


def holds(found: Stored | None, operator: Operator, value: Value, item: Item, today: date) -> bool | None:
    """Whether the found value compares so; None where nothing was found."""
    if found is None:
        return None
    if (chosen := choice(operator, value, item)) is not None:
        return (found in chosen) is affirmed(operator)
    if isinstance(value, tuple):
        low, high = (comparable(v, item, today) for v in value)
        return bool(low <= found <= high)  # type: ignore[operator]  # of one type
    return bool(ORDER[operator](found, comparable(value, item, today)))


def choice(operator: Operator, value: Value, item: Item) -> frozenset[str] | None:
    """Of codes and texts: the values among which the found one must be, or must not be. None for all others."""
    if item.type is ItemType.CODE and item.codes:
        codes = item.codes
        return frozenset().union(*(within(codes, str(v)) for v in _each(value)))
    return frozenset(str(v) for v in _each(value)) if operator in CHOICE else None


def affirmed(operator: Operator) -> bool:
    return operator in (Operator.IN, Operator.EQUAL)


def _each(value: Value) -> tuple[Single, ...]:
    return value if isinstance(value, tuple) else (value,)


def comparable(value: Single | tuple[Single, ...], item: Item, today: date) -> Stored:
    """A rule's value in the form of stored ones. Money is written in yuan, whatever its item's unit."""
    if isinstance(value, Relative):
        return resolved(value, today)
    if isinstance(value, Decimal):
        return int(value.scaleb(scale(item)))
    assert not isinstance(value, tuple)
    return value


def scale(item: Item) -> int:
    return FEN if item.is_money else item.scale
