"""What is wrong with real deliveries, at stated rates, and a row in the truth file for each piece of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from jiahe.catalogue import Category, Item, ItemType
from jiahe.city.rows import Rows
from jiahe.kit.uscc import ALPHABET

# Shares of a category's records.
RATES = {
    "wrong_check_digit": 0.001,
    "full_width": 0.002,
    "sentinel_date": 0.001,
    "amount_in_text": 0.002,
    "duplicate": 0.001,
    "correction": 0.001,
    "withdrawn": 0.0005,
}
# Every so many categories has one of these.
EVERY = {"gb18030": 5, "new_column": 7, "xlsx": 11, "jsonl": 13, "parquet": 17}
SENTINELS = ("9999-09-09", "1899-12-31")
NEW_COLUMN = "数据批次备注"
OPERATION = "操作标志"
FULL_WIDTH = {ord(c): chr(ord(c) + 0xFEE0) for c in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"}


@dataclass(frozen=True)
class Spot:
    """One piece of dirt: where it was written, what stands there, and what is true."""

    row: int
    kind: str
    item: str
    written: str
    true: str


def has(category: Category, what: str) -> bool:
    """Whether a category's files show a peculiarity; the first registration file stays plain."""
    return int(category.code) % EVERY[what] == 0


def soil(rows: Rows, columns: dict[str, pa.Array]) -> tuple[dict[str, pa.Array], list[Spot]]:
    """Dirt in single cells of a stretch of records; everything else stays as it is."""
    spots: list[Spot] = []
    dirty = dict(columns)
    free = np.ones(rows.count, dtype=bool)
    for kind, item, write in _kinds(rows.category):
        chosen = _some(rows, RATES[kind], free)
        if not len(chosen) or item.code not in dirty:
            continue
        texts = dirty[item.code] if pa.types.is_string(dirty[item.code].type) else dirty[item.code].cast(pa.string())
        true = texts.take(pa.array(chosen)).to_pylist()
        pairs = [(int(r), t, write(t, int(r))) for r, t in zip(chosen, true, strict=True) if t]
        if not pairs:
            continue
        mask = np.zeros(rows.count, dtype=bool)
        mask[[r for r, _, _ in pairs]] = True
        dirty[item.code] = pc.replace_with_mask(texts, pa.array(mask), pa.array([w for _, _, w in pairs], pa.string()))
        spots += [Spot(r, kind, item.code, w, t) for r, t, w in pairs]
    return dirty, spots


def _some(rows: Rows, rate: float, free: np.ndarray[Any, np.dtype[np.bool_]]) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Rows that no other dirt has touched, at a rate."""
    chosen = np.flatnonzero((rows.rng.random(rows.count) < rate) & free)
    free[chosen] = False
    return chosen


def _kinds(category: Category) -> list[tuple[str, Item, Any]]:
    """Which dirt goes into which item of a category."""
    items = category.by_code
    found: list[tuple[str, Item, Any]] = [
        ("wrong_check_digit", items["uscc"], _wrong_check),
        ("full_width", items["uscc"], lambda text, row: text.translate(FULL_WIDTH)),
    ]
    followed = {i.not_before for i in category.items}
    plain = [i for i in category.items if not i.required and i.code not in category.key]
    date = next(
        (i for i in plain if i.type is ItemType.DATE and i.code != category.business_date and i.code not in followed),
        None,
    )
    amount = next((i for i in plain if i.is_money and i.minimum is None), None)
    if date:
        found.append(("sentinel_date", date, lambda text, row: SENTINELS[row % 2]))
    if amount:
        unit = "万元人民币" if amount.unit == "万元" else "元"
        found.append(
            (
                "amount_in_text",
                amount,
                lambda text, row: f"{text}({unit})" if amount.unit == "万元" else f"{text}{unit}",
            )
        )
    return found


def _wrong_check(code: str, row: int) -> str:
    """The code with another last sign."""
    return code[:17] + ALPHABET[(ALPHABET.index(code[17]) + 1 + row % 29) % 31] if code[17] in ALPHABET else code


def again(rows: Rows) -> dict[str, np.ndarray[Any, np.dtype[np.int64]]]:
    """Rows that are delivered once more in a later file: duplicates, corrections, withdrawals."""
    free = np.ones(rows.count, dtype=bool)
    return {kind: _some(rows, RATES[kind], free) for kind in ("duplicate", "correction", "withdrawn")}
