"""What stored values mean: exactly, and only when somebody looks."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from jiahe.catalogue import (
    Authorisation,
    Category,
    Frequency,
    Item,
    ItemType,
    Retention,
    Section,
    Sensitivity,
    Text,
)
from jiahe.creditfile.layout import Layout, layout_of
from jiahe.creditfile.records import Record, records
from jiahe.kit.crypto import keyring

NAME = Text("名", "name")
MOST = 2**63 - 1
INTEGERS = [0, 1, -1, 10, 99, 100, -100, 101, 120_000, 123_450, 1_000_000, -1_000_001, 10**18, MOST, -MOST - 1]
FIXED = (
    "_business_date",
    "_available_on",
    "_loaded_on",
    "_batch",
    "_generated",
    "_open_until",
    "_retained_until",
)
STORED = ("2026-10-31", "2026-11-02", "2026-11-03", 7, 1, None, "2029-10-31")
MEANT = (date(2026, 10, 31), date(2026, 11, 2), date(2026, 11, 3), 7, True, None, date(2029, 10, 31))


def category(*items: Item, key: tuple[str, ...] = ("uscc",)) -> Category:
    return Category(
        code="0999",
        name=NAME,
        department="09",
        section=Section.OPERATIONS,
        frequency=Frequency.MONTHLY,
        authorisation=Authorisation.A2,
        negative=False,
        retention=Retention.SUBJECT,
        usual_delay_days=1,
        key=key,
        business_date="on",
        items=items,
    )


def value(item: Item, stored: Any, *, persons_masked: bool = False) -> Any:
    plain = Layout(category(item), (item.code,))
    layout = plain.with_persons_masked if persons_masked else plain
    found = layout.values([stored])[item.code]
    alone = layout.value([stored], item.code)
    assert (alone, type(alone), layout.filled([stored])) == (
        found,
        type(found),
        set() if stored is None else {item.code},
    )
    return found


@pytest.mark.parametrize("scale", [0, 1, 2, 4, 6])
def test_decimal_is_the_scaled_integer_exactly_and_prints_without_trailing_zeros(scale: int) -> None:
    drawn = random.Random(scale)
    for stored in [*INTEGERS, *(drawn.randint(-(10**n), 10**n) for n in range(1, 19) for _ in range(50))]:
        exact = Decimal(stored).scaleb(-scale).normalize() + 0
        found = value(Item("x", NAME, ItemType.DECIMAL, scale=scale), stored)
        assert (found, str(found), f"{found:f}") == (exact, str(exact), f"{exact:f}")


@pytest.mark.parametrize(
    ("kind", "stored", "meant"),
    [
        (ItemType.STRING, "布匹", "布匹"),
        (ItemType.STRING, "", ""),
        (ItemType.STRING, None, None),
        (ItemType.TEXT, "2026-10-31", "2026-10-31"),
        (ItemType.CODE, "01", "01"),
        (ItemType.INTEGER, 2025, 2025),
        (ItemType.INTEGER, None, None),
        (ItemType.BOOLEAN, False, False),
        (ItemType.DECIMAL, None, None),
        (ItemType.DATE, "2026-10-31", date(2026, 10, 31)),
        (ItemType.DATE, date(2026, 10, 31), date(2026, 10, 31)),
        (ItemType.DATE, None, None),
        (ItemType.YEAR_MONTH, "2026-10-01", date(2026, 10, 1)),
    ],
)
def test_value_by_its_type(kind: ItemType, stored: Any, meant: Any) -> None:
    found = value(Item("x", NAME, kind, scale=2), stored)
    assert (found, type(found)) == (meant, type(meant))


def test_phone_and_identity_numbers_come_masked() -> None:
    for sensitivity in (Sensitivity.PHONE, Sensitivity.IDENTITY):
        item = Item("x", NAME, ItemType.STRING, sensitivity=sensitivity)
        assert value(item, keyring().encrypt("17000000001")) == "170******01"
        assert value(item, None) is None


def test_only_names_of_private_persons_are_masked_and_only_when_asked() -> None:
    private = Item("x", NAME, ItemType.STRING, sensitivity=Sensitivity.PERSONAL)
    assert (value(private, "张三丰"), value(private, "张三丰", persons_masked=True)) == ("张三丰", "张**")
    assert value(replace(private, type=ItemType.DATE), "2026-10-31", persons_masked=True) == date(2026, 10, 31)
    assert value(replace(private, sensitivity=Sensitivity.OPEN), "张三丰", persons_masked=True) == "张三丰"


def test_item_newer_than_the_row_is_none_and_a_column_that_is_no_item_is_left_out() -> None:
    layout = Layout(category(Item("new", NAME, ItemType.DECIMAL), Item("old", NAME, ItemType.STRING)), ("gone", "old"))
    assert list(layout.values(["一", "二"]).items()) == [("new", None), ("old", "二")]


def test_a_layout_is_worked_out_once_for_a_category_and_its_columns() -> None:
    kind = category(Item("x", NAME, ItemType.STRING))
    assert layout_of(kind, ("x",)) is layout_of(kind, ("x",))
    assert layout_of(kind, ("x",)) is not layout_of(kind, ("x", "y"))
    assert layout_of(replace(kind), ("x",)) is not layout_of(kind, ("x",))


def test_fixed_columns_and_key() -> None:
    items = [
        Item("uscc", NAME, ItemType.STRING),
        Item("no", NAME, ItemType.STRING),
        Item("year", NAME, ItemType.INTEGER),
    ]
    kind = category(*items, key=("uscc", "no", "year"))
    found = Record(Layout(kind, (*FIXED, "uscc", "no", "year")), [*STORED, "91", "甲1", 2025])
    assert found.as_dict() == {
        "category": "0999",
        "key": "甲1|2025",
        "values": {"uscc": "91", "no": "甲1", "year": 2025},
        **dict(zip(("business_date", "available_on", "loaded_on", "batch", "generated"), MEANT, strict=False)),
        "open_until": None,
        "retained_until": date(2029, 10, 31),
        "disputed": False,
        "repaired": False,
    }
    assert found.marked(disputed=True, repaired=False).as_dict() == found.as_dict() | {"disputed": True}


def test_newest_first_and_on_one_day_the_last_key() -> None:
    kind = category(Item("no", NAME, ItemType.STRING), key=("uscc", "no"))
    days = [None, "2026-10-02", "2026-10-01", "2026-10-02", None]
    for stored in (str, date.fromisoformat):
        rows = [[d and stored(d), str(n)] for n, d in enumerate(days)]
        assert [r.key for r in records(kind, ("_business_date", "no"), rows)] == ["3", "1", "2", "4", "0"]


def test_sealed_values_are_opened_only_when_a_record_is_looked_at() -> None:
    kind = category(Item("phone", NAME, ItemType.STRING, sensitivity=Sensitivity.PHONE))
    (found,) = records(kind, (*FIXED, "phone"), [[*STORED, "v99:AAAA"]])
    assert found.business_date == date(2026, 10, 31)
    with pytest.raises(KeyError):
        _ = found.values
