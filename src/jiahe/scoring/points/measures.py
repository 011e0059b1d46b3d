"""The features that an indicator system may be made of, with their names and units."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from jiahe.catalogue import names
from jiahe.scoring.features import own
from jiahe.scoring.features.model import Feature

# What a limit may be a share of.
BASES = ("sales_12m", "issued_12m", "tax_paid_12m", "wages_12m", "fund_paid_12m", "total_equity")


def measures() -> Mapping[str, Feature]:
    """By code. Those that compare with peers or look at related parties stay with the score: nobody can foresee them."""
    return own()


def named() -> dict[str, str]:
    """Their names in the reader's language, by code."""
    return {code: names.said(one.name) for code, one in own().items()}


def bases() -> list[Feature]:
    """Those that a limit may be a share of, in fen."""
    return [own()[code] for code in BASES]


def as_read(feature: str, value: int) -> Decimal:
    """A value as people read it: fen as 万元, hundredths of a per cent as per cent."""
    return Decimal(value) / _scale(feature)


def as_kept(feature: str, typed: Decimal) -> int | None:
    """The whole number that was typed; None for one that is finer than it can be kept."""
    kept = typed * _scale(feature)
    return int(kept) if kept == kept.to_integral_value() else None


def _scale(feature: str) -> int:
    known = own().get(feature)
    return known.unit.scale if known else 1
