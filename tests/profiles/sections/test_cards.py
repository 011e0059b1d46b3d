"""Blocks as they stand on the page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from jiahe.catalogue import ItemType, Text, load
from jiahe.profiles.sections import cards
from jiahe.profiles.sections.blocks import block
from tests.profiles.sections.samples import HEAD, category, item, record

ON = item("on", ItemType.DATE)
MONTH = item("on", ItemType.YEAR_MONTH)
SOURCE = load().department_names["01"].zh
LISTED = replace(category(ON, item("document", ItemType.STRING), key=("uscc", "document")), name=Text("<样例>", "<S>"))


def test_a_table_has_a_row_for_each_record_and_a_way_to_all_of_them() -> None:
    shown = block(LISTED, [record(on=date(2026, 1, 1), document="<甲>")], HEAD)
    assert cards.cards([shown], "/file/", real=True) == (
        '<article class="card" id="c0999">\n<header class="card__head">\n<h3>&lt;样例&gt;</h3>\n'
        f'<span class="quiet">{SOURCE} · 每月</span>\n'
        '<a class="small" href="/file/categories/0999/">明细与口径</a>\n</header>\n'
        '<div class="ledger-box" role="region" tabindex="0" aria-label="&lt;样例&gt;">\n'
        '<table class="ledger ledger--cards">\n<caption class="visually-hidden">&lt;样例&gt;</caption>\n'
        '<thead><tr><th scope="col">业务日期</th><th scope="col">document项</th>'
        '<th scope="col">来源</th><th scope="col">归集日期</th></tr></thead>\n'
        f"<tbody>{shown.body}</tbody>\n</table>\n</div>\n</article>"
    )
    assert "&lt;甲&gt;" in shown.body


def test_many_blocks_have_a_list_before_them() -> None:
    shown = block(LISTED, [record(on=date(2026, 1, 1), document="甲")], HEAD)
    link = '<a href="#c0999">&lt;样例&gt; <span class="quiet">1</span></a>'
    listed = f'<nav class="toc" aria-label="本节信息类">{link * 4}</nav>\n<article'
    assert cards.cards([shown] * 4, "/", real=True).startswith(listed)
    assert cards.cards([shown] * 3, "/", real=True).startswith("<article")


def test_generated_data_of_a_real_enterprise_says_so() -> None:
    made = block(LISTED, [record(generated=True, on=date(2026, 1, 1), document="甲")], HEAD)
    assert "演示数据" in cards.cards([made], "/", real=True)
    assert "演示数据" not in cards.cards([made], "/", real=False)


def test_a_source_that_is_down_or_was_wrong_is_told() -> None:
    shown = block(LISTED, [record(on=date(2026, 1, 1), document="甲")], HEAD)
    told = cards.cards([replace(shown, refused=1234)], "/", real=True)
    assert "来源的应答中有 1,234 条未通过校验或不属于该企业，未显示。" in told


def test_facts_name_what_is_missing_behind_a_fold() -> None:
    items = [item(f"i{n}", ItemType.STRING) for n in range(14)]
    shown = block(category(ON, *items), [record(on=date(2026, 1, 5), i13="有")], HEAD)
    fold = '<details class="fold"><summary>另有 2 项来源未提供</summary><p class="quiet">i11项、i12项</p></details>'
    assert cards.facts(shown) == (
        f'<div class="card__body">\n<dl class="facts">{shown.rows[0].facts}</dl>\n{fold}\n{shown.dated}\n</div>'
    )


def test_a_series_has_a_place_for_its_chart_and_is_tall_in_a_section() -> None:
    monthly = category(MONTH, item("sales", ItemType.DECIMAL, "元"), key=("uscc", "on"))
    shown = block(monthly, [record(on=date(2026, n, 1), sales=Decimal(10**6)) for n in (3, 2, 1)], HEAD)
    told, full = cards.series(shown), cards.series(shown, full=True)
    assert told.startswith('<div class="series" data-series>')
    assert 'class="ledger-box ledger-box--tall"' in told
    assert full.startswith('<div class="series series--full" data-series>')
    assert "ledger-box--tall" not in full
    assert 'aria-label="样例信息走势图，数值见表"' in told
    assert f"<tbody>{shown.months}</tbody>" in told
