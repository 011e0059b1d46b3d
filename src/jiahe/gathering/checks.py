"""What must be true of a record: conditions generated from the catalogue, each with the sentence it is refused by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jiahe.catalogue import Category, Item, ItemType
from jiahe.gathering.values import NOTHING, is_nothing, listed, parsed_date, says_something
from jiahe.kit.uscc import ALPHABET
from jiahe.lake.engines.duckdb import literal, name

SENTENCES: dict[str, str | Promise] = {
    "required": _("必填项为空：请补充后重新导入"),
    "uscc": _("统一社会信用代码未通过校验：请与来源核对后重新导入"),
    "integer": _("应为整数：请改正后重新导入"),
    "decimal": _("应为数值或可识别的金额：请改正后重新导入"),
    "date": _("应为日期(如 2026-01-31)：请改正后重新导入"),
    "year_month": _("应为年月(如 2026-01)：请改正后重新导入"),
    "boolean": _("应为“是”或“否”：请改正后重新导入"),
    "code": _("不在代码表“{codes}”内：请改用代码表中的写法"),
    "minimum": _("小于允许的最小值 {minimum}：请与来源核对"),
    "maximum": _("大于允许的最大值 {maximum}：请与来源核对"),
    "pattern": _("格式不符合要求：请与来源核对"),
    "max_length": _("超过 {max_length} 个字：请与来源核对"),
    "not_before": _("早于“{not_before}”：请与来源核对"),
    "not_future": _("晚于今天：请与来源核对"),
    "columns": _("列数与表头不一致：请检查分隔符和引号"),
}
TYPED = (ItemType.INTEGER, ItemType.DECIMAL, ItemType.DATE, ItemType.YEAR_MONTH, ItemType.BOOLEAN, ItemType.CODE)


@dataclass(frozen=True)
class Check:
    """A rule of one item, and the SQL condition under which a record breaks it.

    The condition speaks of the typed value by the item's code and of the written one by `raw(code)`.
    """

    item: str
    rule: str
    broken: str


def raw(code: str) -> str:
    """The name under which an item's written value stands beside its typed one."""
    return f"raw_{code}"


def checks(category: Category, present: set[str], *, today: str) -> list[Check]:
    """All checks that apply to a file which has the `present` items."""
    return [check for item in category.items if item.code in present for check in _of(item, present, today)]


def _of(item: Item, present: set[str], today: str) -> Iterator[Check]:
    value, written = name(item.code), name(raw(item.code))
    if item.required:
        yield Check(item.code, "required", _missing(item, value, written))
    if item.code == "uscc":
        yield Check(item.code, "uscc", f"_serial IS NULL AND {says_something(written)}")
    elif item.uscc:
        yield Check(item.code, "uscc", f"NOT ({_is_valid(value)})")
    if item.type in TYPED:
        yield Check(item.code, item.type.value, f"{value} IS NULL AND {_unreadable(item, written)}")
    for rule, condition in _bounds(item):
        yield Check(item.code, rule, f"{value} {condition}")
    if item.pattern is not None:
        yield Check(item.code, "pattern", f"NOT regexp_full_match({value}, {literal(item.pattern)})")
    if item.max_length is not None and item.code != "uscc":
        longer = f"strlen({written}) > {item.max_length} AND length({value}) > {item.max_length}"
        yield Check(item.code, "max_length", longer)  # bytes are counted fast, characters only where there are many
    if item.not_before in present:
        yield Check(item.code, "not_before", f"{value} < {name(str(item.not_before))}")
    if item.not_future:
        yield Check(item.code, "not_future", f"{value} > DATE {literal(today)}")


def _is_valid(code: str) -> str:
    """GB 32100: the places of a code's signs in the alphabet, each with its weight, add up to a multiple of 31."""
    weights = (*(3**n % 31 for n in range(17)), 1)
    places = " + ".join(f"(strpos('{ALPHABET}', {code}[{n}]) - 1) * {w}" for n, w in enumerate(weights, 1))
    return f"regexp_full_match({code}, '[{ALPHABET}]{{18}}') AND ({places}) % 31 = 0"


def _missing(item: Item, value: str, written: str) -> str:
    """Nothing was written. A text's value is clean already; other values are there only where something was written."""
    if item.type in (ItemType.STRING, ItemType.TEXT) and item.code != "uscc":
        return f"{value} IS NULL OR {value} IN ({listed(NOTHING)})"
    known = "_serial" if item.code == "uscc" else value
    return f"{known} IS NULL AND {is_nothing(written)}"


def _unreadable(item: Item, written: str) -> str:
    """A written value that says something and was not understood; a sentinel date was understood as nothing."""
    condition = says_something(written)
    return f"{condition} AND {parsed_date(written)} IS NULL" if item.type is ItemType.DATE else condition


def _bounds(item: Item) -> Iterator[tuple[str, str]]:
    """Minimum and maximum in the unit that the lake keeps."""
    factor = 10**item.scale
    if item.minimum is not None:
        yield "minimum", f"< {round(item.minimum * factor)}"
    if item.maximum is not None:
        yield "maximum", f"> {round(item.maximum * factor)}"


def sentence(category: Category, item_code: str, rule: str) -> str:
    """What the rule says to the one who delivered the value."""
    item = category.by_code.get(item_code)
    if item is None:
        return str(SENTENCES[rule])
    before = category.by_code.get(item.not_before or "")
    return str(SENTENCES[rule]).format(
        codes=item.codes,
        minimum=item.minimum,
        maximum=item.maximum,
        max_length=item.max_length,
        not_before=before.name.zh if before else "",
    )
