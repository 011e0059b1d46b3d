"""The pre-credit limit: an institution's share of a base, by points. Whole numbers throughout; no Django here.

Shares are hundredths of a per cent, the base is an amount in fen, the limit is in yuan and always whole 万元.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import narwhals.stable.v2 as nw

from jiahe.scoring.points.system import Values

WAN = 10_000  # yuan
HUNDRED_PER_CENT = 10_000
MOST_SHARE = 10 * HUNDRED_PER_CENT
# The base counts up to here (900 billion yuan), so that its product with a share stays a 64-bit integer.
MOST_BASE = 9 * 10**13
_FEN_IN_WAN = 100 * WAN


@dataclass(frozen=True)
class Step:
    """From so many points on, so large a share of the base."""

    points: int
    share: int


@dataclass(frozen=True)
class Formula:
    """`base` is a feature in fen. A limit below `least` yuan is none; it is never more than `most` yuan."""

    base: str
    steps: tuple[Step, ...]
    least: int
    most: int


def limit(formula: Formula, points: int, values: Values) -> int | None:
    """In yuan, 0 where the points or the base give none; None where the base is not known."""
    base = values.get(formula.base)
    if base is None:
        return None
    share = max((step.share for step in formula.steps if points >= step.points), default=0)
    wan = min(max(base, 0), MOST_BASE) * share // HUNDRED_PER_CENT // _FEN_IN_WAN
    reached = min(wan * WAN, formula.most)
    return reached if reached >= formula.least else 0


def limit_of(formula: Formula, points: nw.Expr) -> nw.Expr:
    """The same for every row of a frame with a column of the base; null where that is not known."""
    share: Any = nw.lit(0)
    for step in formula.steps:
        share = nw.when(points >= step.points).then(nw.lit(step.share)).otherwise(share)
    base = nw.col(formula.base).clip(0, MOST_BASE).cast(nw.Int64)
    reached = (base * share // (HUNDRED_PER_CENT * _FEN_IN_WAN) * WAN).clip(None, formula.most)
    known = nw.when(reached >= formula.least).then(reached).otherwise(nw.lit(0))
    return nw.when(~nw.col(formula.base).is_null()).then(known)
