"""A small category and records of it, in the catalogue's own types."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

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
from jiahe.profiles import EnterpriseHead, Record

Value = str | int | Decimal | date | bool | None
USCC = "91330100799655058B"
HEAD = EnterpriseHead(1, USCC, "甲公司", "", "", "", "", None, generated=False, former_names=())


def item(
    code: str,
    kind: ItemType,
    unit: str | None = None,
    scale: int = 2,
    codes: str | None = None,
    currency: str | None = None,
    sensitivity: Sensitivity = Sensitivity.BUSINESS,
) -> Item:
    return Item(
        code,
        Text(f"{code}项", code),
        kind,
        unit=unit,
        scale=scale,
        codes=codes,
        currency=currency,
        sensitivity=sensitivity,
    )


def category(*items: Item, key: tuple[str, ...] = ("uscc",), business_date: str = "on") -> Category:
    return Category(
        code="0999",
        name=Text("样例信息", "Sample"),
        department="01",
        section=Section.OPERATIONS,
        frequency=Frequency.MONTHLY,
        authorisation=Authorisation.A2,
        negative=False,
        retention=Retention.SUBJECT,
        usual_delay_days=1,
        key=key,
        business_date=business_date,
        items=(item("uscc", ItemType.STRING), item("name", ItemType.STRING), *items),
    )


def record(generated: bool = False, **values: Value) -> Record:
    on = values.get("on")
    return Record(
        category="0999",
        key="",
        values={"uscc": USCC, "name": "甲公司", **values},
        business_date=on if isinstance(on, date) else None,
        available_on=date(2026, 11, 2),
        loaded_on=date(2026, 11, 2),
        batch=1,
        generated=generated,
        open_until=None,
        retained_until=None,
    )
