"""A small category and records of it, in the catalogue's own types."""

from __future__ import annotations

from datetime import date

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
from jiahe.creditfile.layout import Layout, Value
from jiahe.profiles import EnterpriseHead, Record

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
    """A record of these values. Its layout takes them for texts, which are what they mean as they are stored."""
    on = values.get("on")
    row = {
        "_business_date": on if isinstance(on, date) else None,
        "_available_on": date(2026, 11, 2),
        "_loaded_on": date(2026, 11, 2),
        "_batch": 1,
        "_generated": generated,
        "_open_until": None,
        "_retained_until": None,
        "uscc": USCC,
        "name": "甲公司",
        **values,
    }
    texts = [item(code, ItemType.STRING) for code in values if code not in ("uscc", "name")]
    return Record(Layout(category(*texts), tuple(row)), list(row.values()))
