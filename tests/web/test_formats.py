"""How values are written for people."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest

from jiahe.kit.clock import ZONE
from jiahe.web import formats
from jiahe.web.formats import Written


@pytest.mark.parametrize(
    ("value", "unit", "currency", "written"),
    [
        ("1280.5", "万元", "", Written("1,280.5", "万元", "12,805,000 元")),
        ("12345678.90", "元", "", Written("1,234.57", "万元", "12,345,678.9 元")),
        ("100", "元", "", Written("0.01", "万元", "100 元")),
        ("99.99", "元", "", Written("99.99", "元", "99.99 元")),
        ("0.004", "万元", "", Written("40", "元", "40 元")),
        ("-35.5", "元", "", Written("-35.5", "元", "-35.5 元")),
        ("0", "元", "", Written("0", "万元", "0 元")),
        ("500", "万元", "美元", Written("500", "万美元", "5,000,000 美元")),
        ("150", "元", "", Written("0.02", "万元", "150 元")),
    ],
)
def test_money_is_in_ten_thousands_and_little_is_never_nothing(
    value: str, unit: str, currency: str, written: Written
) -> None:
    assert formats.money(Decimal(value), unit, currency) == written


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [("1234567", 0, "1,234,567"), ("2.50", 2, "2.5"), ("2.005", 2, "2.01"), ("-0.125", 2, "-0.13"), ("100", 2, "100")],
)
def test_thousands_half_up_and_no_trailing_zeros(value: str, places: int, text: str) -> None:
    assert formats.grouped(Decimal(value), places) == text


@pytest.mark.parametrize(
    ("then", "text"),
    [
        ("2026-11-23T08:59:30", "刚刚"),
        ("2026-11-23T08:30:00", "30 分钟前"),
        ("2026-11-22T10:00:00", "23 小时前"),
        ("2026-11-20T09:00:00", "3 天前"),
        ("2026-10-01T09:00:00", "2026-10-01"),
    ],
)
def test_times_are_relative_until_a_month_has_passed(monkeypatch: pytest.MonkeyPatch, then: str, text: str) -> None:
    monkeypatch.setenv("JIAHE_NOW", "2026-11-23T09:00")
    assert formats.ago(datetime.fromisoformat(then).replace(tzinfo=ZONE)) == text
