"""A rule as a sentence in the reader's language."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from jiahe.catalogue import Item, ItemType
from jiahe.catalogue.names import coded, said
from jiahe.rules.compare import Stored, scale
from jiahe.rules.model import (
    Aggregate,
    And,
    Condition,
    Declared,
    Fact,
    Filter,
    Known,
    Measure,
    Named,
    Not,
    Operator,
    Or,
    Relative,
    Rule,
    Single,
    Subject,
    Unit,
    Value,
    Verdict,
    Window,
)
from jiahe.rules.subjects import DATES, NUMBERS, category_of, item_of

WAN = 10_000
VERDICTS = {
    Verdict.MET: gettext_lazy("符合"),
    Verdict.NOT_MET: gettext_lazy("不符合"),
    Verdict.TO_VERIFY: gettext_lazy("待核实"),
}
_AMOUNTS = {
    Operator.EQUAL: gettext_lazy("%(subject)s等于 %(value)s"),
    Operator.NOT_EQUAL: gettext_lazy("%(subject)s不等于 %(value)s"),
    Operator.AT_LEAST: gettext_lazy("%(subject)s不低于 %(value)s"),
    Operator.MORE: gettext_lazy("%(subject)s高于 %(value)s"),
    Operator.AT_MOST: gettext_lazy("%(subject)s不高于 %(value)s"),
    Operator.LESS: gettext_lazy("%(subject)s低于 %(value)s"),
    Operator.BETWEEN: gettext_lazy("%(subject)s在 %(value)s之间"),
}
_COUNTS = _AMOUNTS | {
    Operator.EQUAL: gettext_lazy("%(subject)s为 %(value)s"),
    Operator.AT_LEAST: gettext_lazy("%(subject)s不少于 %(value)s"),
    Operator.MORE: gettext_lazy("%(subject)s多于 %(value)s"),
    Operator.AT_MOST: gettext_lazy("%(subject)s不多于 %(value)s"),
    Operator.LESS: gettext_lazy("%(subject)s少于 %(value)s"),
}
_DAYS = _AMOUNTS | {
    Operator.EQUAL: gettext_lazy("%(subject)s为%(value)s"),
    Operator.NOT_EQUAL: gettext_lazy("%(subject)s不为%(value)s"),
    Operator.AT_LEAST: gettext_lazy("%(subject)s不早于%(value)s"),
    Operator.MORE: gettext_lazy("%(subject)s晚于%(value)s"),
    Operator.AT_MOST: gettext_lazy("%(subject)s不晚于%(value)s"),
    Operator.LESS: gettext_lazy("%(subject)s早于%(value)s"),
}
_AGES = _COUNTS | {
    Operator.AT_LEAST: gettext_lazy("成立满 %(value)s"),
    Operator.LESS: gettext_lazy("成立不满 %(value)s"),
}
_CHOICES = {
    Operator.EQUAL: gettext_lazy("%(subject)s为%(value)s"),
    Operator.NOT_EQUAL: gettext_lazy("%(subject)s不为%(value)s"),
    Operator.IN: gettext_lazy("%(subject)s为%(value)s"),
    Operator.NOT_IN: gettext_lazy("%(subject)s不为%(value)s"),
}
_REGIONS = {
    Operator.EQUAL: gettext_lazy("注册地在%(value)s"),
    Operator.NOT_EQUAL: gettext_lazy("注册地不在%(value)s"),
    Operator.IN: gettext_lazy("注册地在%(value)s"),
    Operator.NOT_IN: gettext_lazy("注册地不在%(value)s"),
}
_OPPOSITE = {
    Operator.EQUAL: Operator.NOT_EQUAL,
    Operator.AT_LEAST: Operator.LESS,
    Operator.AT_MOST: Operator.MORE,
    Operator.IN: Operator.NOT_IN,
}
_OPPOSITE |= {b: a for a, b in _OPPOSITE.items()}
_AGGREGATES = {
    Aggregate.LATEST: gettext_lazy("%(when)s最近一条%(records)s的%(items)s"),
    Aggregate.SUM: gettext_lazy("%(when)s%(records)s的%(items)s累计"),
    Aggregate.MAX: gettext_lazy("%(when)s%(records)s的%(items)s最高值"),
    Aggregate.MIN: gettext_lazy("%(when)s%(records)s的%(items)s最低值"),
    Aggregate.AVERAGE: gettext_lazy("%(when)s%(records)s的%(items)s平均值"),
    Aggregate.YEARLY: gettext_lazy("%(when)s%(records)s的%(items)s年均"),
    Aggregate.MONTHLY: gettext_lazy("%(when)s%(records)s的%(items)s月均"),
    Aggregate.COUNT: gettext_lazy("%(when)s%(records)s的记录"),
    Aggregate.ANY: gettext_lazy("%(when)s%(records)s的记录"),
}
_ONLY = gettext_lazy("%(when)s%(records)s的%(items)s")
_UNITS = {
    "元": pgettext_lazy("unit", "元"),
    "万元": pgettext_lazy("unit", "万元"),
    "条": pgettext_lazy("unit", "条"),
    "个月": pgettext_lazy("unit", "个月"),
}
_AGO = {
    Unit.DAYS: gettext_lazy("%(count)s天前"),
    Unit.MONTHS: gettext_lazy("%(count)s个月前"),
    Unit.YEARS: gettext_lazy("%(count)s年前"),
}
_AHEAD = {
    Unit.DAYS: gettext_lazy("%(count)s天后"),
    Unit.MONTHS: gettext_lazy("%(count)s个月后"),
    Unit.YEARS: gettext_lazy("%(count)s年后"),
}


def sentence(rule: Rule) -> str:
    """The whole rule; what is joined within something joined stands in brackets."""
    match rule:
        case And(()):
            return _("不设条件")
        case And(rules):
            return _("，且").join(_part(one) for one in rules)
        case Or(rules):
            return _("，或").join(_part(one) for one in rules)
        case Not(Condition() as one) if opposite := _opposite(one):
            return _condition(opposite)
        case Not(Not(inner)):
            return sentence(inner)
        case Not(inner):
            return _("并非：%(rule)s") % {"rule": _part(inner)}
        case Declared(text):
            return text
    return _condition(rule)


def _part(rule: Rule) -> str:
    joined = isinstance(rule, And | Or) and len(rule.rules) > 1
    return _("（%(rule)s）") % {"rule": sentence(rule)} if joined else sentence(rule)


def _opposite(one: Condition) -> Condition | None:
    if one.operator is Operator.EXISTS:
        return replace(one, value=not one.value)
    other = _OPPOSITE.get(one.operator)
    return replace(one, operator=other) if other else None


def _condition(one: Condition) -> str:
    match one.subject:
        case Measure(aggregate=Aggregate.ANY) as measure:
            template = _("有%(subject)s") if one.value else _("没有%(subject)s")
            return template % {"subject": _measure(measure)}
        case Named(Known.LABEL):
            template = _("有标签“%(subject)s”") if one.value else _("没有标签“%(subject)s”")
            return template % {"subject": _subject(one.subject)}
        case Fact.AGE_MONTHS:
            templates = _AGES
        case Fact.REGION:
            templates = _REGIONS
        case Measure(aggregate=Aggregate.COUNT, growth=False):
            templates = _COUNTS
        case _:
            return _compared(_subject(one.subject), one.operator, one.value, item_of(one.subject))
    return str(templates[one.operator]) % {
        "subject": _subject(one.subject),
        "value": _value(one.value, item_of(one.subject)),
    }


def _compared(subject: str, operator: Operator, value: Value, item: Item | None) -> str:
    if item and item.type is ItemType.BOOLEAN:
        return _("%(subject)s：%(value)s") % {"subject": subject, "value": _value(value, item)}
    numeric = item is None or item.type in NUMBERS
    templates = _AMOUNTS if numeric else _DAYS if item and item.type in DATES else _CHOICES
    return str(templates[operator]) % {"subject": subject, "value": _value(value, item)}


def _subject(subject: Subject) -> str:
    if isinstance(subject, Measure):
        return _measure(subject)
    item = item_of(subject)
    return said(item.name) if item else str(subject.code) if isinstance(subject, Named) else subject.value


def _measure(measure: Measure) -> str:
    category = category_of(measure)
    items = _("与").join(said(category.by_code[i].name) for i in measure.items)
    summed_share = bool(measure.per) and measure.aggregate is Aggregate.SUM
    if measure.per:
        share = _("%(items)s累计占%(per)s累计的比例") if summed_share else _("%(items)s占%(per)s的比例")
        items = share % {"items": items, "per": said(category.by_code[measure.per].name)}
    alone = measure.aggregate is Aggregate.LATEST and category.key == ("uscc",)
    template = _ONLY if alone or summed_share else _AGGREGATES[measure.aggregate]
    records = said(category.name) + _filters(measure)
    text = str(template) % {"when": _when(measure.window), "records": records, "items": items}
    return _("%(subject)s同比增长") % {"subject": text} if measure.growth else text


def _filters(measure: Measure) -> str:
    said_ones = [_filter(f, category_of(measure).by_code[f.item]) for f in measure.where]
    return _("（%(filters)s）") % {"filters": _("，").join(said_ones)} if said_ones else ""


def _filter(one: Filter, item: Item) -> str:
    if one.operator is Operator.EXISTS:
        return (_("有%(subject)s") if one.value else _("无%(subject)s")) % {"subject": said(item.name)}
    return _compared(said(item.name), one.operator, one.value, item)


def _when(window: Window | None) -> str:
    if window is None:
        return ""
    if window.unit is Unit.MONTHS:
        return _("近 %(count)s 个月") % {"count": window.count}
    return _("上一年度") if window.count == 1 else _("前 %(count)s 个年度") % {"count": window.count}


def _value(value: Value, item: Item | None) -> str:
    if not isinstance(value, tuple):
        return _single(value, item)
    words = [_single(v, item) for v in value]
    if item is None or item.type in (*NUMBERS, *DATES):
        return _("%(low)s至 %(high)s") % dict(zip(("low", "high"), words, strict=True))
    return _alternatives(words)


def _alternatives(words: list[str]) -> str:
    return _("或").join(filter(None, [_("、").join(words[:-1]), words[-1]]))


def _single(value: Single, item: Item | None) -> str:
    match value:
        case bool():
            return _("是") if value else _("否")
        case Relative(0):
            return _("今天")
        case Relative(count, unit):
            return str((_AGO if count < 0 else _AHEAD)[unit]) % {"count": abs(count)}
        case Decimal():
            return amount(value, item)
        case date():
            return value.isoformat()
    return _coded(item.codes, value) if item and item.codes else _("“%(text)s”") % {"text": value}


def _coded(codes: str, value: str) -> str:
    """A section of industries is named among divisions."""
    known = coded(codes, value)
    return coded("industry_section", value) if known == value and codes == "industry_division" else known


def amount(value: Decimal, item: Item | None) -> str:
    """A number with its unit; money, which is in yuan, in the unit that people say."""
    unit = (item.unit if item else None) or ""
    if item and item.is_money:
        value, unit = _money(value)
    text = f"{value.normalize():f}"
    return _("%(number)s %(unit)s") % {"number": text, "unit": _UNITS.get(unit, unit)} if unit else text


def _money(yuan: Decimal) -> tuple[Decimal, str]:
    return (yuan / WAN, "万元") if abs(yuan) >= WAN else (yuan, "元")


def said_value(found: Stored, item: Item) -> str:
    """A value that was found, in words."""
    if isinstance(found, bool) or not isinstance(found, int):
        return _single(found, item)
    return amount(Decimal(found).scaleb(-scale(item)), item)
