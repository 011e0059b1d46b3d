"""A record as readers meet it: typed values in the catalogue's units, its dates, its visibility."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from jiahe.catalogue import Category, Item, ItemType
from jiahe.creditfile.documents.store import Document
from jiahe.creditfile.models import MarkKind, RecordMark
from jiahe.kit.crypto import keyring, mask, mask_name

Value = str | int | Decimal | date | bool | None


@dataclass(frozen=True)
class Record:
    """One current record. Money and other decimals are in their item's own unit; encrypted items are masked."""

    category: str
    key: str
    values: dict[str, Value]
    business_date: date | None
    available_on: date
    loaded_on: date
    batch: int
    generated: bool
    open_until: date | None
    retained_until: date | None
    disputed: bool = False
    repaired: bool = False


def records(category: Category, document: Document) -> list[Record]:
    """The records of a document, the newest business date first."""
    found = [record(category, dict(zip(document.columns, row, strict=True))) for row in document.rows]
    return sorted(found, key=lambda r: (r.business_date or date.min, r.key), reverse=True)


def record(category: Category, row: dict[str, Any]) -> Record:
    """A record from its stored row; dates may be ISO text, decimals are scaled integers."""
    values: dict[str, Value] = {code: row.get(code) for code in category.by_code}
    for item in category.converted:
        if (stored := values[item.code]) is not None:
            values[item.code] = value(item, stored)
    return Record(
        category=category.code,
        key=key_text(category, row),
        values=values,
        business_date=_date(row["_business_date"]),
        available_on=_date(row["_available_on"]) or date.min,
        loaded_on=_date(row["_loaded_on"]) or date.min,
        batch=row["_batch"],
        generated=bool(row["_generated"]),
        open_until=_date(row["_open_until"]),
        retained_until=_date(row["_retained_until"]),
    )


def key_text(category: Category, row: dict[str, Any]) -> str:
    """By which text marks name a record of an enterprise."""
    return "|".join(str(value(category.by_code[code], row[code])) for code in category.key if code != "uscc")


def value(item: Item, stored: Any) -> Value:
    """What a stored value means; phone and identity numbers come masked."""
    if stored is None:
        return None
    if item.encrypted:
        return mask(keyring().decrypt(stored))
    if item.type is ItemType.DECIMAL:
        return Decimal(stored).scaleb(-item.scale).normalize() + 0
    if item.type in (ItemType.DATE, ItemType.YEAR_MONTH):
        return _date(stored)
    return stored  # type: ignore[no-any-return]  # str, int or bool, by the lake's column type


def _date(stored: Any) -> date | None:
    return date.fromisoformat(stored) if isinstance(stored, str) else stored


def with_persons_masked(category: Category, found: Record) -> Record:
    """The record with the names of private persons reduced to their first character; duties are not private."""
    hidden: dict[str, Value] = {
        code: mask_name(v) for code in category.personal if isinstance(v := found.values.get(code), str)
    }
    return replace(found, values=found.values | hidden) if hidden else found


def marked(found: Iterable[Record], serial: int, *, today: date) -> list[Record]:
    """The records with the disputes and repairs that are in force today."""
    marks = RecordMark.objects.filter(serial=serial, since__lte=today).exclude(lifted_on__lte=today)
    kinds: dict[tuple[str, str], set[str]] = {}
    for m in marks:
        kinds.setdefault((m.category, m.record_key), set()).add(m.kind)
    return [_with(r, kinds.get((r.category, r.key), set())) for r in found]


def _with(found: Record, kinds: set[str]) -> Record:
    if not kinds:
        return found
    return replace(found, disputed=MarkKind.DISPUTED in kinds, repaired=MarkKind.REPAIRED in kinds)
