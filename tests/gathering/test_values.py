"""What departments write, and what is understood of it."""

from __future__ import annotations

from datetime import date

import pytest

from jiahe.catalogue import Item, load
from jiahe.gathering import values
from jiahe.lake.engines import duckdb as engine


def understood(item: Item, written: str | None) -> object:
    """The typed value of one written one."""
    catalogue = load()
    with engine.session() as session:
        if item.codes:
            session.execute(values.create_spelling_type(catalogue.code_lists[item.codes]))
        row = session.execute(
            f"SELECT {values.value(item, 'written', catalogue)} FROM (SELECT ?::VARCHAR AS written)", [written]
        ).fetchone()
    assert row is not None
    return row[0]


def item(category: str, code: str) -> Item:
    return load().categories[category].by_code[code]


@pytest.mark.parametrize(
    ("written", "fen"),
    [
        ("430(万元人民币)", 430_000_000),
        ("430（万元人民币）", 430_000_000),
        ("500(万美元)", 500_000_000),
        ("2505.6833万人民币", 2_505_683_300),
        ("1,200元", 120_000),
        ("１２００元", 120_000),
        ("3亿元", 30_000_000_000),
        ("12.34", 1_234),
        (" 12.34 ", 1_234),
        ("-7.5", -750),
        ("0", 0),
        ("", None),
        ("无", None),
        ("若干", None),
        ("12元3角", None),
    ],
)
def test_amounts_in_yuan(written: str, fen: int | None) -> None:
    assert understood(item("0202", "sales_total"), written) == fen


@pytest.mark.parametrize(
    ("written", "currency"),
    [("430(万元人民币)", "CNY"), ("500(万美元)", "USD"), ("2505.6833万人民币", "CNY"), ("1,200元", "CNY"), ("5", None)],
)
def test_the_currency_named_in_an_amount(written: str, currency: str | None) -> None:
    codes = load().code_lists[item("0101", "registered_capital_currency").codes or ""]
    expression = values.currency_in_text(codes, "written")
    with engine.session() as session:
        session.execute(values.create_spelling_type(codes))
        row = session.execute(f"SELECT {expression} FROM (SELECT ? AS written)", [written]).fetchone()
    assert row == (currency,)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2020-01-02", date(2020, 1, 2)),
        ("2020-1-2", date(2020, 1, 2)),
        ("2020/01/02", date(2020, 1, 2)),
        ("2020.1.2", date(2020, 1, 2)),
        ("20200102", date(2020, 1, 2)),
        ("2020年1月2日", date(2020, 1, 2)),
        ("２０２０－０１－０２", date(2020, 1, 2)),
        ("2020-01-02 00:00:00", date(2020, 1, 2)),
        ("2020-01-02T08:30:00", date(2020, 1, 2)),
        ("9999-09-09", None),
        ("1899-12-31", None),
        ("2020-02-30", None),
        ("二〇二〇年", None),
        (None, None),
    ],
)
def test_dates(written: str | None, day: date | None) -> None:
    assert understood(item("0201", "registered_on"), written) == day


@pytest.mark.parametrize("written", ["2020-03", "2020/3", "2020年3月", "202003", "２０２００３", "2020-03-15"])
def test_months(written: str) -> None:
    assert understood(item("0202", "period"), written) == date(2020, 3, 1)


@pytest.mark.parametrize(
    ("category", "code", "written", "value"),
    [
        ("0101", "employees", "12", 12),
        ("0101", "employees", "１２", 12),
        ("0101", "employees", "1,200", 1_200),
        ("0101", "employees", "many", None),
        ("0202", "filed_late", "是", True),
        ("0202", "filed_late", "N", False),
        ("0202", "filed_late", "也许", None),
        ("0201", "name", " ＡＢ（１）公司 ", "AB（1）公司"),
        ("0201", "name", "NULL", None),
        ("0201", "taxpayer_state", "没有这种状态", None),
    ],
)
def test_other_types(category: str, code: str, written: str, value: object) -> None:
    assert understood(item(category, code), written) == value


def test_every_spelling_of_a_code_list_gives_its_code() -> None:
    state = item("0201", "taxpayer_state")
    codes = load().code_lists[state.codes or ""]
    spelled = [(s, v.code) for v in codes.values for s in (v.code, v.name.zh)]
    assert [(s, understood(state, s)) for s, _ in spelled] == spelled


@pytest.mark.parametrize(
    ("written", "fen"),
    [
        ("1278022.89", 1_278_022_890_000),
        ("999999999999", 999_999_999_999_000_000),
        ("9999999999999999", None),
        ("99999999999999999999999999", None),
        ("9999999999999999亿元", None),
    ],
)
def test_amounts_too_large_to_be_true_are_not_understood_and_stop_nothing(written: str, fen: int | None) -> None:
    assert understood(item("0101", "registered_capital"), written) == fen
