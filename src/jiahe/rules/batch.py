"""The same rule over a frame with one row an enterprise: 1 met, 0 not met, null to be verified."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import reduce
from hashlib import sha256
from operator import and_, or_
from typing import Any

import narwhals.stable.v2 as nw

from jiahe.catalogue import Item, ItemType
from jiahe.rules.compare import ORDER, Stored, affirmed, choice, comparable
from jiahe.rules.days import YEAR
from jiahe.rules.model import (
    And,
    Condition,
    Declared,
    Fact,
    Known,
    Leaf,
    Named,
    Not,
    Operator,
    Or,
    Rule,
    Subject,
    conditions,
)
from jiahe.rules.reading import measure_json
from jiahe.rules.subjects import ANY, item_of
from jiahe.rules.values import Facts, value_of

SIGNS = 10
ESTABLISHED = "established_on"
_TYPES: dict[ItemType, Any] = {
    ItemType.INTEGER: nw.Int64,
    ItemType.DECIMAL: nw.Int64,
    ItemType.DATE: nw.Date,
    ItemType.YEAR_MONTH: nw.Date,
    ItemType.BOOLEAN: nw.Boolean,
}


@dataclass(frozen=True)
class Column:
    """What stands in a column: the subject's value as `value_of` gives it (of the age the day of establishment)."""

    subject: Subject
    dtype: Any


def columns(rule: Rule) -> dict[str, Column]:
    """The columns that the expression reads, by name."""
    found: dict[str, Column] = {}
    for leaf in conditions(rule):
        if isinstance(leaf, Condition) and (item := _item(leaf)):
            dtype = nw.Date if leaf.subject is Fact.AGE_MONTHS else _TYPES.get(item.type, nw.String)
            found[name(leaf.subject)] = Column(leaf.subject, dtype)
    return found


def name(subject: Subject) -> str:
    """The column's name: readable, a plain SQL identifier for measures, the same in every process."""
    match subject:
        case Fact.AGE_MONTHS:
            return ESTABLISHED
        case Fact():
            return subject.value
        case Named(known, code):
            return f"{known.value}_{code}"
    text = json.dumps(measure_json(subject), sort_keys=True, ensure_ascii=False)
    parts = [f"c{subject.category}", *subject.items, subject.aggregate.value, sha256(text.encode()).hexdigest()[:SIGNS]]
    return "_".join(parts)


def row(rule: Rule, facts: Facts, today: date) -> dict[str, Stored | None]:
    """One enterprise's values of the columns."""
    return {
        key: facts.established_on if key == ESTABLISHED else value_of(column.subject, facts, today)
        for key, column in columns(rule).items()
    }


def expression(rule: Rule, today: date) -> nw.Expr:
    """1, 0 or null, for `with_columns` on whatever narwhals runs on; equal to `evaluate` of the same values."""
    return _truth(rule, today).cast(nw.Int8)


def _truth(rule: Rule, today: date) -> nw.Expr:
    """Kleene's logic is that of the columns themselves."""
    match rule:
        case And(rules):
            return reduce(and_, [_truth(one, today) for one in rules], nw.lit(True))
        case Or(rules):
            return reduce(or_, [_truth(one, today) for one in rules])
        case Not(inner):
            return ~_truth(inner, today)
    return _leaf(rule, today)


def _leaf(leaf: Leaf, today: date) -> nw.Expr:
    item = None if isinstance(leaf, Declared) else _item(leaf)
    if isinstance(leaf, Declared) or item is None:
        return nw.lit(None, dtype=nw.Boolean)
    column = nw.col(name(leaf.subject))
    if leaf.subject is Fact.AGE_MONTHS:
        column = _age(column, today)
    if leaf.operator is Operator.EXISTS:
        return column if leaf.value else ~column
    if (chosen := choice(leaf.operator, leaf.value, item)) is not None:
        inside = column.is_in(sorted(chosen))
        return inside if affirmed(leaf.operator) else ~inside
    if isinstance(leaf.value, tuple):
        low, high = (comparable(v, item, today) for v in leaf.value)
        return (column >= low) & (column <= high)
    found: nw.Expr = ORDER[leaf.operator](column, comparable(leaf.value, item, today))
    return found


def _item(condition: Condition) -> Item | None:
    subject = condition.subject
    return ANY if isinstance(subject, Named) and subject.known is Known.LABEL else item_of(subject)


def _age(established: nw.Expr, today: date) -> nw.Expr:
    """As `days.age_months`."""
    months = (
        today.year * YEAR
        + today.month
        - established.dt.year().cast(nw.Int64) * YEAR
        - established.dt.month().cast(nw.Int64)
    )
    return months - (established.dt.day() > today.day).cast(nw.Int64)
