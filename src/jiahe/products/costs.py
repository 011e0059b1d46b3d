"""What a loan under a variant of a product costs a year, with every fee whose amount is published."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from jiahe.products.enums import FeeTiming, FeeUnit
from jiahe.products.loan import Charge, Cost, Method, cost, schedule
from jiahe.products.models import ProductVersion, Variant

USUAL_PRINCIPAL = Decimal(1_000_000)
USUAL_MONTHS = 12


@dataclass(frozen=True)
class Estimate:
    """The cost at the lowest and the highest published rate; None for one that is not published.

    It holds for this amount, term and repayment. `whole`: every fee that is named has an amount.
    """

    low: Cost | None
    high: Cost | None
    principal: Decimal
    months: int
    method: Method
    whole: bool


def annual_cost(
    version: ProductVersion, variant: Variant, *, principal: Decimal | None = None, months: int | None = None
) -> Estimate | None:
    """For a usual amount and term within the variant's bounds, unless told otherwise; None without a published rate."""
    if variant.rate_from is None and variant.rate_to is None:
        return None
    amount = principal or _usual(USUAL_PRINCIPAL, variant.amount_from, variant.amount_to)
    term = months or int(_usual(Decimal(USUAL_MONTHS), variant.term_from, variant.term_to))
    method, due = repaid(version), charges(version, variant)

    def at(rate: Decimal | None) -> Cost | None:
        if rate is None:
            return None
        return cost(schedule(principal=amount, annual=rate, months=term, method=method), due)

    whole = all(fee.amount is not None for fee in version.fees.all())
    return Estimate(at(variant.rate_from), at(variant.rate_to), amount, term, method, whole)


def _usual(usual: Decimal, low: Decimal | int | None, high: Decimal | int | None) -> Decimal:
    least = usual if low is None else max(usual, Decimal(low))
    return least if high is None else min(least, Decimal(high))


def repaid(version: ProductVersion) -> Method:
    """The first of the published repayments that has a schedule; interest first where none is published."""
    known = [Method(one) for one in version.repayments or () if one in set(Method)]
    return known[0] if known else Method.INTEREST_FIRST


def charges(version: ProductVersion, variant: Variant) -> list[Charge]:
    """The fees with an amount, and what the guarantee costs a year."""
    found = [
        Charge(fee.amount, percent=fee.unit == FeeUnit.PERCENT, yearly=fee.timing == FeeTiming.YEARLY)
        for fee in version.fees.all()
        if fee.amount is not None
    ]
    if variant.guarantee_fee is not None:
        found.append(Charge(variant.guarantee_fee, percent=True, yearly=True))
    return found
