"""What an institution states in a version of a product, as plain data: what is not stated is None or an empty text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any


@dataclass(frozen=True)
class RiskShare:
    party: str
    percent: Decimal


@dataclass(frozen=True)
class FeeTerms:
    """The fields of `models.Fee`."""

    name: str
    timing: str
    unit: str
    amount: Decimal | None = None


@dataclass(frozen=True)
class VariantTerms:
    """The fields of `models.Variant`."""

    name: str = ""
    guarantees: tuple[str, ...] | None = None
    guarantee_note: str = ""
    amount_from: Decimal | None = None
    amount_to: Decimal | None = None
    term_from: int | None = None
    term_to: int | None = None
    term_note: str = ""
    rate_from: Decimal | None = None
    rate_to: Decimal | None = None
    rate_note: str = ""
    lpr_term: str = ""
    lpr_on: date | None = None
    spread_from: int | None = None
    spread_to: int | None = None
    risk_shares: tuple[RiskShare, ...] | None = None
    risk_share_note: str = ""
    guarantee_fee: Decimal | None = None


@dataclass(frozen=True)
class Terms:
    """The fields of `models.ProductVersion` that the institution fills in, with its variants and fees."""

    name: str
    kind: str
    variants: tuple[VariantTerms, ...]
    fees: tuple[FeeTerms, ...] = ()
    summary: str = ""
    target: str = ""
    repayments: tuple[str, ...] | None = None
    repayment_note: str = ""
    regions: tuple[str, ...] | None = None
    industries: tuple[str, ...] | None = None
    sizes: tuple[str, ...] | None = None
    materials: tuple[str, ...] | None = None
    promised_days: int | None = None
    first_loan_friendly: bool | None = None
    green: bool | None = None
    technology: bool | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    admission: Any = None
    mechanism: str = ""
    source: str = ""
