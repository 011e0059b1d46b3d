"""The quotes of the loan prime rate."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from jiahe.products.lpr import Quote, quote, quotes, rate


def test_the_quotes_are_whole() -> None:
    known = quotes()
    assert known[0] == Quote(date(2019, 8, 20), Decimal("4.25"), Decimal("4.85"))
    assert Quote(date(2025, 5, 20), Decimal("3.00"), Decimal("3.50")) in known
    months = [q.on.year * 12 + q.on.month for q in known]
    assert months == list(range(months[0], months[0] + len(known)))


def test_a_quote_holds_until_the_next() -> None:
    assert quote(date(2019, 8, 19)) is None
    for day, on in (((2024, 10, 20), (2024, 9, 20)), ((2024, 10, 21), (2024, 10, 21))):
        found = quote(date(*day))
        assert found
        assert found.on == date(*on)


def test_what_was_not_published_here_is_not_known() -> None:
    assert quote(date(2099, 1, 1)) is None
    assert rate("1Y", date(2099, 1, 1), 0) is None


def test_a_rate_is_the_lpr_and_the_spread() -> None:
    assert rate("1Y", date(2025, 5, 20), 65) == Decimal("3.65")
    assert rate("5Y", date(2025, 5, 20), -20) == Decimal("3.30")
