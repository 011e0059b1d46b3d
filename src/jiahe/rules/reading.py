"""Rules as JSON: read, checked against the catalogue, and written again."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from jiahe.catalogue import Category, Item, ItemType, load
from jiahe.rules.errors import WrongRule
from jiahe.rules.model import (
    Aggregate,
    And,
    Condition,
    Declared,
    Fact,
    Filter,
    Known,
    Leaf,
    Measure,
    Named,
    Not,
    Operator,
    Or,
    Rule,
    Unit,
    Window,
    conditions,
)
from jiahe.rules.subjects import ANY, DATES, NUMBERS, is_unknown, item_of
from jiahe.rules.written import listed, read_value, whole, written, yes_no

DEEPEST = 8
LONGEST_TEXT = 200
MOST_CONDITIONS = 100
MOST_WINDOW = {Unit.MONTHS: 120, Unit.YEARS: 10}
SUMMED = (Aggregate.SUM, Aggregate.AVERAGE, Aggregate.YEARLY, Aggregate.MONTHLY)
COMPARED = (Aggregate.MAX, Aggregate.MIN)
WITHOUT_ITEM = (Aggregate.ANY, Aggregate.COUNT)
MEASURE = {"category", "item", "aggregate", "window", "where", "by", "per", "growth", "op", "value"}
KINDS = ("and", "or", "not", "declared", "category", "fact", *(k.value for k in Known))

Json = Mapping[str, Any]
Names = TypeVar("Names", bound=StrEnum)


def parse(data: object) -> Rule:
    """The rule that JSON says; `WrongRule` tells where it does not fit, and what would."""
    rule = _rule(data, "", 0)
    if (count := len(conditions(rule))) > MOST_CONDITIONS:
        what = _("有 %(count)s 个条件") % {"count": count}
        raise WrongRule(where="$", what=what, remedy=_("请减至 %(most)s 个以内") % {"most": MOST_CONDITIONS})
    return rule


def _rule(data: object, path: str, depth: int) -> Rule:
    where = path or "$"
    if depth > DEEPEST:
        raise WrongRule(where=where, what=_("嵌套过深"), remedy=_("请减至 %(most)s 层以内") % {"most": DEEPEST})
    kinds = [k for k in KINDS if isinstance(data, Mapping) and k in data]
    if len(kinds) != 1:
        remedy = _("请写一个 JSON 对象，含且仅含其一：%(names)s") % {"names": listed(KINDS)}
        raise WrongRule(where=where, what=_("不是一条规则"), remedy=remedy)
    assert isinstance(data, Mapping)
    kind = kinds[0]
    if kind in ("and", "or", "not"):
        _only(data, {kind}, where)
        return _joined(kind, data[kind], f"{path}.{kind}".lstrip("."), depth + 1)
    return _leaf(kind, data, where)


def _joined(kind: str, inner: object, path: str, depth: int) -> Rule:
    if kind == "not":
        return Not(_rule(inner, path, depth))
    if not isinstance(inner, list) or (not inner and kind == "or"):
        raise WrongRule(where=path, what=_("不是条件的列表"), remedy=_("请写至少一个条件的列表"))
    rules = tuple(_rule(one, f"{path}[{n}]", depth) for n, one in enumerate(inner))
    return And(rules) if kind == "and" else Or(rules)


def _leaf(kind: str, data: Json, where: str) -> Leaf:
    if kind == "declared":
        _only(data, {"declared"}, where)
        return Declared(_text(data, "declared", where))
    if kind == "category":
        _only(data, MEASURE, where)
        measure = _measure(data, where)
        return Condition(measure, *_comparison(data, item_of(measure), where))
    _only(data, {kind, "op", "value"}, where)
    if kind == "fact":
        fact = _named(Fact, data, "fact", where)
        return Condition(fact, *_comparison(data, item_of(fact), where))
    named = Named(Known(kind), _text(data, kind, where))
    if is_unknown(named):
        raise _wrong(where, kind, _("没有编码为“%(code)s”的项") % {"code": named.code}, _("请写已定义的编码"))
    return Condition(named, *_comparison(data, ANY if named.known is Known.LABEL else item_of(named), where))


def _comparison(data: Json, item: Item | None, where: str) -> tuple[Operator, Any]:
    operator = _named(Operator, data, "op", where)
    if operator is Operator.EXISTS and item is not ANY:
        remedy = _("“exists”只用于记录(aggregate 为 any)、标签和 where；缺少的数据一律为待核实")
        raise WrongRule(where=f"{where}.op", what=_("此处不能用“exists”"), remedy=remedy)
    return operator, read_value(data, operator, item, where, present=item is ANY)


def _measure(data: Json, where: str) -> Measure:
    category = load().categories.get(str(data["category"]))
    if category is None:
        what = _("目录中没有信息类“%(code)s”") % {"code": data["category"]}
        raise WrongRule(where=f"{where}.category", what=what, remedy=_("请写目录中的四位代码，如“0202”"))
    items = _items(category, data, where)
    default = Aggregate.LATEST if items else Aggregate.ANY
    measure = Measure(
        category=category.code,
        aggregate=_named(Aggregate, data, "aggregate", where) if "aggregate" in data else default,
        items=items,
        window=_window(data["window"], f"{where}.window") if "window" in data else None,
        where=_filters(category, data.get("where", []), f"{where}.where"),
        by=_item(category, data["by"], f"{where}.by").code if "by" in data else "",
        per=_item(category, data["per"], f"{where}.per").code if "per" in data else "",
        growth=yes_no(data.get("growth", False), f"{where}.growth"),
    )
    _check(measure, category, where)
    return measure


def _items(category: Category, data: Json, where: str) -> tuple[str, ...]:
    named = data.get("item", [])
    codes = named if isinstance(named, list) else [named]
    return tuple(_item(category, code, f"{where}.item").code for code in codes)


def _item(category: Category, code: object, where: str) -> Item:
    item = category.by_code.get(str(code))
    names = {"category": category.code, "code": code}
    if item is None:
        what = _("信息类“%(category)s”没有信息项“%(code)s”") % names
        raise WrongRule(where=where, what=what, remedy=_("请写目录中该类的信息项代码"))
    if item.encrypted or item.code in category.personal:
        what = _("“%(code)s”是个人信息") % names
        raise WrongRule(where=where, what=what, remedy=_("请用不涉及个人身份的信息项"))
    return item


def _window(data: object, where: str) -> Window:
    """`{"months": n}` or `{"years": n}`."""
    if isinstance(data, Mapping) and len(data) == 1:
        unit, count = next(iter(data.items()))
        if unit in MOST_WINDOW and whole(count) and 1 <= count <= MOST_WINDOW[Unit(unit)]:
            return Window(count, Unit(unit))
    remedy = _('请写 {"months": 1 至 120} 或 {"years": 1 至 10}')
    raise WrongRule(where=where, what=_("不是一段时间"), remedy=remedy)


def _filters(category: Category, data: object, path: str) -> tuple[Filter, ...]:
    if not isinstance(data, list) or not all(isinstance(one, Mapping) for one in data):
        raise WrongRule(where=path, what=_("不是筛选条件的列表"), remedy=_("请写列表，每项含 item、op、value"))
    return tuple(_filter(category, one, f"{path}[{n}]") for n, one in enumerate(data))


def _filter(category: Category, data: Json, where: str) -> Filter:
    _only(data, {"item", "op", "value"}, where)
    item = _item(category, data.get("item"), f"{where}.item")
    operator = _named(Operator, data, "op", where)
    return Filter(item.code, operator, read_value(data, operator, item, where, present=True))


def _check(measure: Measure, category: Category, where: str) -> None:
    """What of a measure does not go together."""
    items = [category.by_code[i] for i in (*measure.items, *filter(None, [measure.per]))]
    numbers = all(i.type in NUMBERS for i in items)
    aggregate, name = measure.aggregate, measure.aggregate.value
    if (aggregate in WITHOUT_ITEM) == bool(measure.items):
        raise _wrong(
            where, "item", _("“%(name)s”与信息项不符") % {"name": name}, _("any 和 count 不写信息项，其余须写")
        )
    if (aggregate in SUMMED or measure.per or len(measure.items) > 1) and not numbers:
        raise _wrong(where, "item", _("有的信息项不是数值"), _("求和、平均、比例只用于数值"))
    if aggregate in COMPARED and not (numbers or items[0].type in DATES):
        raise _wrong(where, "aggregate", _("信息项不能比较大小"), _("最大、最小只用于数值和日期"))
    if len({(i.unit, i.scale) for i in items}) > 1:
        raise _wrong(where, "item", _("各信息项的单位不同"), _("请用同一单位的信息项"))
    if measure.per and aggregate not in (Aggregate.LATEST, Aggregate.SUM):
        raise _wrong(where, "per", _("“%(name)s”不能求比例") % {"name": name}, _("请用 latest 或 sum"))
    if measure.growth and (measure.per or aggregate not in (Aggregate.SUM, Aggregate.COUNT)):
        raise _wrong(where, "growth", _("此处不能求增长率"), _("请用不带 per 的 sum 或 count"))
    if measure.window is None and (measure.growth or aggregate in (Aggregate.YEARLY, Aggregate.MONTHLY)):
        raise _wrong(where, "window", _("没有写时间段"), _('请写 window，如 {"years": 1}'))
    if measure.by and category.by_code[measure.by].type not in DATES:
        raise _wrong(where, "by", _("信息项不是日期"), _("请用日期或年月"))
    if measure.items and items[0].type is ItemType.TEXT:
        raise _wrong(where, "item", _("信息项是成段文字"), _("成段文字只能在 where 中判断有无"))


def _wrong(where: str, key: str, what: str, remedy: str) -> WrongRule:
    return WrongRule(where=f"{where}.{key}", what=what, remedy=remedy)


def _only(data: Json, keys: Collection[str], where: str) -> None:
    if unknown := [k for k in data if k not in keys]:
        remedy = _("请只用：%(names)s") % {"names": listed(sorted(keys))}
        raise WrongRule(where=where, what=_("不认识“%(names)s”") % {"names": listed(unknown)}, remedy=remedy)


def _named(names: type[Names], data: Json, key: str, where: str) -> Names:
    try:
        return names(str(data.get(key, "")))
    except ValueError:
        what = _("没有“%(name)s”") % {"name": data.get(key, "")}
        remedy = _("请写其中之一：%(names)s") % {"names": listed(names)}
        raise WrongRule(where=f"{where}.{key}", what=what, remedy=remedy) from None


def _text(data: Json, key: str, where: str) -> str:
    text = data[key]
    if not isinstance(text, str) or not 0 < len(text.strip()) <= LONGEST_TEXT:
        remedy = _("请写 1 至 %(most)s 个字") % {"most": LONGEST_TEXT}
        raise WrongRule(where=f"{where}.{key}", what=_("不是文字，或为空，或过长"), remedy=remedy)
    return text.strip()


def to_json(rule: Rule) -> dict[str, Any]:
    """What `parse` reads as the same rule."""
    match rule:
        case And(rules):
            return {"and": [to_json(one) for one in rules]}
        case Or(rules):
            return {"or": [to_json(one) for one in rules]}
        case Not(inner):
            return {"not": to_json(inner)}
        case Declared(text):
            return {"declared": text}
    return _subject(rule) | _compared(rule)


def _subject(condition: Condition) -> dict[str, Any]:
    match condition.subject:
        case Fact(value=name):
            return {"fact": name}
        case Named(known, code):
            return {known.value: code}
        case Measure() as measure:
            return measure_json(measure)


def measure_json(measure: Measure) -> dict[str, Any]:
    items = list(measure.items)
    window = {measure.window.unit.value: measure.window.count} if measure.window else None
    found = {
        "category": measure.category,
        "item": items[0] if len(items) == 1 else items,
        "aggregate": measure.aggregate.value,
        "window": window,
        "where": [{"item": f.item} | _compared(f) for f in measure.where],
        "by": measure.by,
        "per": measure.per,
        "growth": measure.growth,
    }
    return {key: value for key, value in found.items() if value}


def _compared(one: Condition | Filter) -> dict[str, Any]:
    return {"op": one.operator.value, "value": written(one.value)}
