"""The pool: open requests that an institution may grab, as far as the enterprise previewed them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import QuerySet

from jiahe.financing import limits
from jiahe.financing.models import FinancingRequest, Order
from jiahe.financing.queries.open_to import numbers_open_to
from jiahe.financing.workflow import LIVE, Limit, RequestState
from jiahe.kit import clock
from jiahe.kit.actor import Actor


@dataclass(frozen=True)
class PoolCard:
    """All that is shown of a request before it is claimed; whose it is cannot be read off it."""

    number: str
    amount: Decimal
    term_months: int
    purpose: str
    guarantees: tuple[str, ...]
    area: str
    division: str
    size: str
    places_left: int
    open_until: datetime


def pool(*, actor: Actor) -> QuerySet[FinancingRequest]:
    """Open requests that the actor's institution was named for and has no order of, those that close first at the top."""
    numbers = numbers_open_to(actor.organisation)
    handled = Order.objects.filter(institution__code=actor.organisation, state__in=LIVE).values("serial")
    found = FinancingRequest.objects.filter(number__in=numbers, state=RequestState.OPEN, window_until__gt=clock.now())
    return found.exclude(serial__in=handled).order_by("window_until", "pk")


def cards(requests: Sequence[FinancingRequest]) -> list[PoolCard]:
    return [card(request) for request in requests]


def card(request: FinancingRequest) -> PoolCard:
    assert request.amount is not None
    assert request.term_months is not None
    assert request.window_until is not None
    return PoolCard(
        number=request.number,
        amount=request.amount,
        term_months=request.term_months,
        purpose=request.purpose,
        guarantees=tuple(request.guarantees),
        area=request.area[:6],
        division=request.industry[:3],
        size=request.size,
        places_left=request.places - request.taken,
        open_until=request.window_until,
    )


def preview(draft: FinancingRequest) -> PoolCard | None:
    """What institutions will see of a draft if it goes out now; None as long as amount or term is missing."""
    if draft.amount is None or draft.term_months is None:
        return None
    draft.window_until = limits.ends(Limit.WINDOW, clock.now())
    return card(draft)
