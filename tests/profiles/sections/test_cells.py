"""One value as it is written on the page."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from jiahe.catalogue import ItemType
from jiahe.creditfile.layout import Value
from jiahe.profiles.sections.cells import Cell, cell, rows
from tests.profiles.sections.samples import item, record


@pytest.mark.parametrize(
    ("kind", "unit", "value", "written"),
    [
        (ItemType.STRING, None, "布匹", Cell("x项", "布匹")),
        (ItemType.BOOLEAN, None, False, Cell("x项", "否")),
        (ItemType.DATE, None, date(2026, 11, 23), Cell("x项", "2026-11-23")),
        (ItemType.YEAR_MONTH, None, date(2026, 11, 1), Cell("x项", "2026-11")),
        (ItemType.INTEGER, None, 1234, Cell("x项", "1,234", numeric=True, plotted="1234")),
        (
            ItemType.DECIMAL,
            "千瓦时",
            Decimal("10500.50"),
            Cell("x项", "10,500.5", "千瓦时", numeric=True, plotted="10500.50"),
        ),
        (
            ItemType.DECIMAL,
            "元",
            Decimal("1314200.55"),
            Cell("x项", "131.42", "万元", "1,314,200.55 元", numeric=True, plotted="131.420055"),
        ),
        (ItemType.DECIMAL, "万元", Decimal(0), Cell("x项", "0", "万元", "0 元", numeric=True, plotted="0")),
        (ItemType.DECIMAL, "万元", None, Cell("x项", missing="来源未提供", numeric=True)),
        (ItemType.STRING, None, "", Cell("x项", missing="来源未提供")),
    ],
)
def test_value_is_written_by_its_type(kind: ItemType, unit: str | None, value: Value, written: Cell) -> None:
    assert cell(item("x", kind, unit), record(x=value)) == written


def test_year_is_no_amount() -> None:
    assert cell(item("report_year", ItemType.INTEGER), record(report_year=2025)).text == "2025"


def test_amount_in_another_currency_names_it() -> None:
    capital = item("x", ItemType.DECIMAL, "万元", currency="currency_code")
    assert cell(capital, record(x=Decimal(500), currency_code="CNY")).unit == "万元"
    assert cell(capital, record(x=Decimal(500), currency_code="没有的币种")).unit == "万没有的币种"


def test_cell_is_escaped_and_a_missing_one_says_why() -> None:
    written = cell(item("x", ItemType.STRING), record(x='<b onclick="x">'))
    assert written.td == '<td data-label="x项">&lt;b onclick=&quot;x&quot;&gt;</td>'
    missing = cell(item("x", ItemType.DECIMAL, "元"), record(x=None))
    assert missing.td == (
        '<td data-label="x项" class="number"><span class="missing" title="来源未提供">—'
        '<span class="visually-hidden">来源未提供</span></span></td>'
    )


def test_fact_is_escaped_has_its_exact_value_on_hover_and_says_why_it_is_missing() -> None:
    money, text = item("x", ItemType.DECIMAL, "元"), item("x", ItemType.STRING)
    assert cell(money, record(x=Decimal("1314200.55"))).fact == (
        '<div class="fact"><dt>x项</dt><dd title="1,314,200.55 元">131.42<span class="unit">万元</span></dd></div>'
    )
    assert cell(text, record(x='<b onclick="x">')).fact == (
        '<div class="fact"><dt>x项</dt><dd>&lt;b onclick=&quot;x&quot;&gt;</dd></div>'
    )
    assert (
        cell(text, record(x="织" * 27)).fact == f'<div class="fact fact--long"><dt>x项</dt><dd>{"织" * 27}</dd></div>'
    )
    assert cell(money, record(x=None)).fact == (
        '<div class="fact"><dt>x项</dt><dd><span class="missing">— <small>来源未提供</small></span></dd></div>'
    )


def test_fact_of_a_label_has_neither_width_nor_hover() -> None:
    assert cell(item("x", ItemType.STRING), record(x="<" * 27)).brief == (
        f'<div class="fact"><dt>x项</dt><dd>{"&lt;" * 27}</dd></div>'
    )
    assert cell(item("x", ItemType.DECIMAL, "元"), record(x=Decimal("1314200.55"))).brief == (
        '<div class="fact"><dt>x项</dt><dd>131.42<span class="unit">万元</span></dd></div>'
    )


def test_rows_have_a_place_for_each_record_also_without_items() -> None:
    first, second = record(x="甲"), record(x=None)
    assert rows([item("x", ItemType.STRING)], [first, second]) == [
        (Cell("x项", "甲"),),
        (Cell("x项", missing="来源未提供"),),
    ]
    assert rows([], [first, second]) == [(), ()]
