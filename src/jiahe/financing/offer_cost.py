"""What an offer costs a year, all in all."""

from __future__ import annotations

from decimal import Decimal

from jiahe.financing.models import Offer
from jiahe.products.loan import LONGEST, Charge, Method, cost, schedule


def annualised(offer: Offer) -> Decimal | None:
    """The annualised cost in per cent, fees included; None where the repayment has no fixed plan, or nothing is left."""
    method = next((one for one in Method if one == offer.repayment), None)
    if method is None or offer.term_months > LONGEST:
        return None
    plan = schedule(principal=offer.amount, annual=offer.rate, months=offer.term_months, method=method)
    found = cost(plan, [Charge(offer.fees, percent=False)] if offer.fees else [])
    return found.simple if found else None
