"""What papers are asked for, and which of them are still to come."""

from __future__ import annotations

from django.db.models import QuerySet

from jiahe.financing.attachments.models import Wanted
from jiahe.financing.models import FinancingRequest, Order


def of_order(order: Order) -> QuerySet[Wanted]:
    """Everything that was ever asked for, in the order of asking."""
    return Wanted.objects.filter(order=order).select_related("attachment").order_by("asked_at", "pk")


def outstanding(order: Order) -> QuerySet[Wanted]:
    return of_order(order).filter(supplied_at=None)


def of_the_request(request: FinancingRequest) -> QuerySet[Wanted]:
    """What the enterprise still owes to any order of a request."""
    found = Wanted.objects.filter(order__request=request, supplied_at=None)
    return found.select_related("order__institution").order_by("asked_at", "pk")
