"""Terms as rows: written into a version, and read from one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from decimal import Decimal
from typing import Any

from jiahe.products.models import Fee, ProductVersion, Variant
from jiahe.products.terms import FeeTerms, RiskShare, Terms, VariantTerms

OF_VERSION = tuple(f.name for f in fields(Terms) if f.name not in ("variants", "fees"))
OF_VARIANT = tuple(f.name for f in fields(VariantTerms))
OF_FEE = tuple(f.name for f in fields(FeeTerms))


def values(terms: Terms) -> dict[str, Any]:
    """The values of a version's own fields."""
    return {name: _json(getattr(terms, name)) for name in OF_VERSION}


def rows(version: ProductVersion, terms: Terms) -> tuple[list[Variant], list[Fee]]:
    """The rows below a version, which nobody has saved yet."""
    variants = [
        Variant(version=version, position=place, **{name: _json(getattr(one, name)) for name in OF_VARIANT})
        for place, one in enumerate(terms.variants, start=1)
    ]
    fees = [
        Fee(version=version, position=place, **{name: getattr(one, name) for name in OF_FEE})
        for place, one in enumerate(terms.fees, start=1)
    ]
    return variants, fees


def terms_of(version: ProductVersion) -> Terms:
    return Terms(
        variants=tuple(_variant(one) for one in version.variants.all()),
        fees=tuple(FeeTerms(**{name: getattr(one, name) for name in OF_FEE}) for one in version.fees.all()),
        **{name: _plain(name, getattr(version, name)) for name in OF_VERSION},
    )


def _variant(row: Variant) -> VariantTerms:
    found = {name: _plain(name, getattr(row, name)) for name in OF_VARIANT}
    if row.risk_shares is not None:
        found["risk_shares"] = tuple(RiskShare(s["party"], Decimal(s["percent"])) for s in row.risk_shares)
    return VariantTerms(**found)


def _plain(name: str, value: Any) -> Any:
    return tuple(value) if isinstance(value, list) and name != "admission" else value


def _json(value: Any) -> Any:
    return [_listed(one) for one in value] if isinstance(value, tuple) else value


def _listed(one: str | RiskShare) -> str | dict[str, str]:
    return {"party": one.party, "percent": f"{one.percent.normalize():f}"} if isinstance(one, RiskShare) else one


def save_rows(made: Iterable[tuple[list[Variant], list[Fee]]]) -> None:
    """The rows of any number of versions, in two statements."""
    both = list(made)
    Variant.objects.bulk_create([row for variants, _ in both for row in variants])
    Fee.objects.bulk_create([row for _, fees in both for row in fees])
