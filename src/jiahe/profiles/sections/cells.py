"""One value of a record, as it is written on the page: text, unit, or why it is missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from html import escape
from typing import NamedTuple

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from jiahe.catalogue import Item, ItemType, names
from jiahe.profiles import Record
from jiahe.web import formats

Value = str | int | Decimal | date | bool | None

HOME_CURRENCY = "CNY"
CURRENCIES = "currency"
LONG = 26
SHARE_PLACES = 1
# Years and other integers that name something are not amounts: no thousands in them.
NAMING_SUFFIXES = ("year", "_no", "_number", "code")


class Cell(NamedTuple):
    """A written value. `missing` is the reason where there is none; `plotted` is what a chart draws."""

    label: str
    text: str = ""
    unit: str = ""
    exact: str = ""
    missing: str = ""
    numeric: bool = False
    plotted: str = ""

    @property
    def fact(self) -> SafeString:
        """The value with its label, in a list of facts."""
        title = f' title="{escape(self.exact)}"' if self.exact else ""
        missing = f'<span class="missing">— <small>{_escaped(self.missing)}</small></span>' if self.missing else ""
        return self._fact(" fact--long" if self.long else "", title, missing or self._content())

    @property
    def brief(self) -> SafeString:
        """The same in the narrow sheet of a label."""
        return self._fact("", "", self._content())

    def _fact(self, tone: str, title: str, content: str) -> SafeString:
        return SafeString(f'<div class="fact{tone}"><dt>{_escaped(self.label)}</dt><dd{title}>{content}</dd></div>')

    @property
    def td(self) -> SafeString:
        """The table cell. Written here and not in a template: a section has a thousand of them."""
        attributes = f' data-label="{_escaped(self.label)}"'
        if self.numeric:
            attributes += ' class="number"'
        if self.plotted:
            attributes += f' data-value="{self.plotted}"'
        if self.exact:
            attributes += f' title="{escape(self.exact)}"'
        return SafeString(f"<td{attributes}>{self._content()}</td>")

    def _content(self) -> str:
        if self.missing:
            why = _escaped(self.missing)
            return f'<span class="missing" title="{why}">—<span class="visually-hidden">{why}</span></span>'
        unit = f'<span class="unit">{_escaped(self.unit)}</span>' if self.unit else ""
        return f"{self.text if self.numeric else escape(self.text)}{unit}"

    @property
    def long(self) -> bool:
        return len(self.text) > LONG


@lru_cache(maxsize=4_096)
def _escaped(word: str) -> str:
    """Labels and units: the same few words over and over."""
    return escape(word)


def is_numeric(item: Item) -> bool:
    """Whether the item counts or measures something."""
    return item.type is ItemType.DECIMAL or (item.type is ItemType.INTEGER and not item.code.endswith(NAMING_SUFFIXES))


def together(parts: Iterable[SafeString]) -> SafeString:
    """Written cells one after the other."""
    return SafeString("".join(parts))


def cell(item: Item, record: Record) -> Cell:
    """The item's value in a record."""
    return rows([item], [record])[0][0]


def rows(items: Sequence[Item], records: Sequence[Record]) -> list[tuple[Cell, ...]]:
    """For each record the values of the items; what they have in common is looked up once."""
    say, nothing = names.speaker(), _("来源未提供")
    known = [(item, say(item.name), is_numeric(item)) for item in items]
    return [tuple([_cell(*one, r, say, nothing) for one in known]) for r in records]


def _cell(item: Item, label: str, numeric: bool, record: Record, say: names.Say, nothing: str) -> Cell:
    value = record.value(item.code)
    if value is None or value == "":
        return Cell(label, missing=nothing, numeric=numeric)
    if isinstance(value, bool):
        return Cell(label, _("是") if value else _("否"))
    if numeric and isinstance(value, int | Decimal):
        return _number(item, label, value, record)
    return Cell(label, _text(item, value, say))


def _text(item: Item, value: Value, say: names.Say) -> str:
    if item.type is ItemType.CODE and item.codes:
        return names.coded(item.codes, str(value), say)
    if item.type is ItemType.YEAR_MONTH and isinstance(value, date):
        return formats.month(value)
    return str(value)


def _number(item: Item, label: str, value: int | Decimal, record: Record) -> Cell:
    if item.is_money and item.unit:
        written = formats.money(Decimal(value), item.unit, _currency(item, record))
        yuan = Decimal(value) if item.unit == "万元" else Decimal(value) / formats.YUAN_IN_WAN
        return Cell(label, written.text, written.unit, written.exact, numeric=True, plotted=f"{yuan:f}")
    places = SHARE_PLACES if item.code.endswith("share") else item.scale
    written = formats.quantity(value, item.unit or "", places)
    return Cell(label, written.text, written.unit, numeric=True, plotted=f"{Decimal(value):f}")


def _currency(item: Item, record: Record) -> str:
    """The name of the amount's currency, empty for yuan."""
    code = record.value(item.currency) if item.currency else None
    return "" if code in (None, "", HOME_CURRENCY) else names.coded(CURRENCIES, str(code))
