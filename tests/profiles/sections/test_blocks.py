"""Which form a category takes on the page, and what of it is shown."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from jiahe.catalogue import ItemType, Sensitivity, load
from jiahe.profiles.sections.blocks import Block, Column, block, facts, series
from tests.profiles.sections.samples import HEAD, category, item, record

ON = item("on", ItemType.DATE)
MONTH = item("on", ItemType.YEAR_MONTH)
SALES = item("sales", ItemType.DECIMAL, "元")
MONTHLY = category(MONTH, SALES, key=("uscc", "on"))


def months(count: int) -> list[date]:
    return [date(2026 - n // 12, 12 - n % 12, 1) for n in range(count)]


def labels(shown: Block) -> list[str]:
    return [c.label for c in shown.columns]


def test_single_record_category_is_facts_without_code_and_name_of_the_enterprise() -> None:
    kind = category(ON, item("scope", ItemType.TEXT))
    shown = block(kind, [record(on=date(2026, 1, 5), scope="织布")], HEAD)
    assert (shown.form, shown.total) == ("facts", 1)
    assert [(c.label, c.text) for c in shown.rows[0].cells] == [("on项", "2026-01-05"), ("scope项", "织布")]


def test_name_that_differs_from_the_present_one_is_shown() -> None:
    old = record(on=date(2020, 1, 5))
    old.values["name"] = "旧名公司"
    assert [c.text for c in facts(category(ON), old, HEAD).rows[0].cells] == ["旧名公司", "2020-01-05"]


def test_first_missing_facts_stand_with_their_dash_and_the_rest_are_named() -> None:
    items = [item(f"i{n}", ItemType.STRING) for n in range(14)]
    shown = facts(category(ON, *items), record(on=date(2026, 1, 5), i13="有"), HEAD)
    assert len([c for c in shown.rows[0].cells if c.missing]) == 11
    assert shown.rows[0].cells[-1].text == "有"
    assert shown.missing == ("i11项", "i12项")


def test_one_record_a_month_is_a_series_with_its_unit_in_the_head() -> None:
    shown = block(MONTHLY, [record(on=m, sales=Decimal(1000000)) for m in months(30)], HEAD)
    assert (shown.form, len(shown.rows), shown.total, shown.more) == ("series", 24, 30, True)
    assert shown.columns == (Column("sales项", "万元", numeric=True),)
    assert [r.month for r in shown.rows[:2]] == ["2026-12", "2026-11"]
    assert (shown.rows[0].cells[0].text, shown.rows[0].cells[0].unit) == ("100", "")


def test_amount_too_small_for_its_column_keeps_its_own_unit() -> None:
    amounts = [Decimal(1000000), Decimal(2000000), Decimal("35.5")]
    shown = series(MONTHLY, [record(on=m, sales=a) for m, a in zip(months(3), amounts, strict=True)], 3)
    assert [(r.cells[0].text, r.cells[0].unit) for r in shown.rows] == [("100", ""), ("200", ""), ("35.5", "元")]


def test_two_records_are_no_series_yet() -> None:
    assert block(MONTHLY, [record(on=m, sales=Decimal(1)) for m in months(2)], HEAD).form == "table"


def test_category_with_another_key_beside_the_month_is_a_table() -> None:
    by_kind = category(MONTH, item("kind", ItemType.STRING), SALES, key=("uscc", "on", "kind"))
    assert block(by_kind, [record(on=m, kind="增值税", sales=Decimal(1)) for m in months(9)], HEAD).form == "table"


def test_table_leaves_out_long_texts_secrets_and_empty_columns_and_keeps_a_figure() -> None:
    kind = category(
        ON,
        item("document", ItemType.STRING),
        item("facts", ItemType.TEXT),
        item("phone", ItemType.STRING, sensitivity=Sensitivity.PHONE),
        item("nothing", ItemType.STRING),
        *(item(f"s{n}", ItemType.STRING) for n in range(6)),
        item("fine", ItemType.DECIMAL, "万元"),
        key=("uscc", "document"),
    )
    values: dict[str, Any] = {f"s{n}": "值" for n in range(6)}
    rows = [
        record(on=date(2026, 1, n), document=f"{n}号", facts="长", phone="1**", fine=Decimal(3), **values)
        for n in range(1, 9)
    ]
    shown = block(kind, rows, HEAD)
    assert (shown.form, len(shown.rows), shown.total) == ("table", 6, 8)
    assert labels(shown) == ["document项", "s0项", "s1项", "s2项", "fine项"]


def test_generated_is_said_once_for_a_block_and_by_row_where_it_is_mixed() -> None:
    real, made = record(on=date(2026, 1, 1)), record(generated=True, on=date(2026, 1, 2))
    kind = category(ON, item("document", ItemType.STRING), key=("uscc", "document"))
    assert (block(kind, [made, made], HEAD).generated, block(kind, [made, made], HEAD).mixed) == (True, False)
    assert (block(kind, [made, real], HEAD).generated, block(kind, [made, real], HEAD).mixed) == (False, True)
    assert (block(kind, [real, real], HEAD).generated, block(kind, [real, real], HEAD).mixed) == (False, False)


def test_the_link_says_how_many_there_are_where_not_all_are_shown() -> None:
    kind = category(ON, item("document", ItemType.STRING), key=("uscc", "document"))
    rows = [record(on=date(2026, 1, 1), document=f"{n}号") for n in range(7)]
    assert block(kind, rows, HEAD).way == "全部 7 条"
    assert block(kind, rows[:6], HEAD).way == "明细与口径"


def test_a_row_writes_its_day_or_a_dash_and_where_it_comes_from() -> None:
    kind = category(ON, item("document", ItemType.STRING), key=("uscc", "document"))
    rows = block(kind, [record(on=date(2026, 1, 1), document="甲"), record(on=None, document="乙")], HEAD).rows
    assert [r.day for r in rows] == ["2026-01-01", "—"]
    source = load().department_names["01"].zh
    assert {r.origin for r in rows} == {
        f'<td class="from" data-label="来源">{source}</td><td class="from day" data-label="归集日期">2026-11-02</td>'
    }


def test_a_month_says_only_when_it_was_loaded() -> None:
    shown = series(MONTHLY, [record(on=m, sales=Decimal(1)) for m in months(3)], 3)
    assert {r.origin for r in shown.rows} == {'<td class="from day">2026-11-02</td>'}
