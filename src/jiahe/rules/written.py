"""The values of a rule as they are written in JSON."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from jiahe.catalogue import Item, ItemType, load
from jiahe.rules.compare import CHOICE, ORDER, scale
from jiahe.rules.errors import WrongRule
from jiahe.rules.model import Operator, Relative, Single, Unit, Value
from jiahe.rules.subjects import ANY, DATES, NUMBERS, is_code

ENDS = 2
DIGITS = 18
MOST_CHOICES = 200
RELATIVE = re.compile(r"today(?: ([+-]) (\d{1,4}) (days|months|years))?")
_EQUALITY = (Operator.EQUAL, Operator.NOT_EQUAL)
# Before a code is resolved, its scale is not known: whole numbers only.
UNRESOLVED = Item("unresolved", ANY.name, ItemType.INTEGER)


def operators(item: Item) -> tuple[Operator, ...]:
    """By which values of this type can be compared."""
    if item is ANY:
        return (Operator.EXISTS,)
    if item.type in (*NUMBERS, *DATES):
        return (*ORDER, Operator.BETWEEN)
    if item.type is ItemType.BOOLEAN:
        return (Operator.EQUAL,)
    return () if item.type is ItemType.TEXT else (*_EQUALITY, *CHOICE)


def read_value(data: Mapping[str, Any], operator: Operator, item: Item | None, where: str, *, present: bool) -> Value:
    """The value that is compared with by that operator; `present`: it may be asked whether there is one at all."""
    item = item or UNRESOLVED
    allowed = operators(item) + ((Operator.EXISTS,) if present and item is not ANY else ())
    if operator not in allowed:
        what = _("此处不能用“%(operator)s”") % {"operator": operator.value}
        remedy = _("请写其中之一：%(names)s") % {"names": listed(allowed)}
        raise WrongRule(where=f"{where}.op", what=what, remedy=remedy)
    place = f"{where}.value"
    if operator is Operator.EXISTS:
        return yes_no(data.get("value", True), place)
    value = data.get("value")
    if operator is Operator.BETWEEN or operator in CHOICE:
        return _several(value, operator, item, place)
    return _single(value, item, place)


def _several(value: object, operator: Operator, item: Item, where: str) -> tuple[Single, ...]:
    between = operator is Operator.BETWEEN
    if not isinstance(value, list) or not 1 <= len(value) <= MOST_CHOICES or (between and len(value) != ENDS):
        remedy = (
            _("请写两个值的列表，先小后大") if between else _("请写 1 至 %(most)s 个值的列表") % {"most": MOST_CHOICES}
        )
        raise WrongRule(where=where, what=_("不是所需的列表"), remedy=remedy)
    found = tuple(_single(v, item, f"{where}[{n}]") for n, v in enumerate(value))
    if between and type(found[0]) is type(found[1]) is not Relative and found[0] > found[1]:  # type: ignore[operator]  # of one type
        raise WrongRule(where=where, what=_("先大后小"), remedy=_("请先写小的值"))
    return found


def _single(value: object, item: Item, where: str) -> Single:
    if item.type in NUMBERS:
        return _number(value, item, where)
    if item.type in DATES:
        return _day(value, where)
    if item.type is ItemType.BOOLEAN:
        return yes_no(value, where)
    return _word(value, item, where)


def _number(value: object, item: Item, where: str) -> Decimal:
    try:
        number = Decimal(str(value)) if isinstance(value, int | float | str) and not isinstance(value, bool) else None
    except InvalidOperation:
        number = None
    if number is None or not number.is_finite():
        raise WrongRule(where=where, what=_("不是数值"), remedy=_("请写数字；金额以元为单位"))
    places = scale(item)
    if number.adjusted() + places >= DIGITS or number != round(number, places):
        what = _("数值过大，或小数多于 %(places)s 位") % {"places": places}
        raise WrongRule(where=where, what=what, remedy=_("请改写数值"))
    return number


def _day(value: object, where: str) -> date | Relative:
    if isinstance(value, str) and (found := RELATIVE.fullmatch(value)):
        sign, count, unit = found.groups(default="")
        return Relative(int(f"{sign}{count}"), Unit(unit)) if count else Relative()
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        remedy = _("请写“2025-12-31”或“today - 24 months”(days、months、years)")
        raise WrongRule(where=where, what=_("不是日期"), remedy=remedy) from None


def yes_no(value: object, where: str) -> bool:
    if not isinstance(value, bool):
        raise WrongRule(where=where, what=_("不是“是”或“否”"), remedy=_("请写 true 或 false"))
    return value


def _word(value: object, item: Item, where: str) -> str:
    if not isinstance(value, str) or not value:
        raise WrongRule(where=where, what=_("不是文字"), remedy=_("请写文字"))
    if item.codes and not is_code(item.codes, value):
        names = {"list": item.codes, "code": value, "some": listed(list(load().code_lists[item.codes].by_code)[:8])}
        what = _("代码表“%(list)s”没有“%(code)s”") % names
        raise WrongRule(where=where, what=what, remedy=_("请写表中的代码，如：%(some)s") % names)
    return value


def written(value: Value) -> Any:
    """As JSON; fractions as text, so that nothing passes through floats."""
    match value:
        case tuple():
            return [written(v) for v in value]
        case Relative(0):
            return "today"
        case Relative(count, unit):
            return f"today {'-' if count < 0 else '+'} {abs(count)} {unit.value}"
        case Decimal():
            return int(value) if value == int(value) else f"{value:f}"
        case date():
            return value.isoformat()
    return value


def whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def listed(names: Iterable[object]) -> str:
    return _("、").join(str(n) for n in names)
