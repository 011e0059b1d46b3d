"""What the consents of a request serve: the request until an institution comes in, then that institution's order."""

from __future__ import annotations

from jiahe.financing.models import FinancingRequest, Order

REQUEST = "request:"


def request_ref(request: FinancingRequest) -> str:
    return f"{REQUEST}{request.number}"


def order_ref(order: Order) -> str:
    return f"order:{order.number}"
