"""Another institution for a request that nobody took, or whose institution did not accept or gave its order back."""

from __future__ import annotations

from jiahe.financing import limits
from jiahe.financing.actions.hand_out import hand_out
from jiahe.financing.actions.step import move_request
from jiahe.financing.models import FinancingRequest, Order
from jiahe.financing.queries.matches import matches, untried
from jiahe.financing.workflow import Limit, RequestAction, RequestState
from jiahe.kit import clock, parameters
from jiahe.kit.actor import Actor


def free_place(order: Order) -> None:
    """An order that ended leaves its place to others: an underway request opens again to those it was open to."""
    request = order.request
    request.refresh_from_db()
    _free(request)
    if request.state == RequestState.UNDERWAY:
        reopen(request)


def hand_on(order: Order) -> None:
    """The place of an order that nobody accepted goes to the best match; where there is none, the request opens again."""
    request = order.request
    request.refresh_from_db()
    fitting = matches(request) if request.state == RequestState.UNDERWAY and _may_again(request) else []
    if not fitting:
        return free_place(order)
    _free(request)
    _count(request)
    hand_out(actor=Actor.system(), request=request, institution=fitting[0].code)
    return None


def hand_to_matches(request: FinancingRequest) -> bool:
    """Fill the free places of an open request with the best matches; whether there are any."""
    fitting = matches(request)[: request.places - request.taken]
    for institution in fitting:
        hand_out(actor=Actor.system(), request=request, institution=institution.code)
    return bool(fitting)


def reopen(request: FinancingRequest) -> bool:
    """Open a request again, with a new window, where anybody is left and it was not done too often; the authority is told."""
    again = bool(untried(request)) and _may_again(request)
    if again:
        _count(request)
        window = limits.ends(Limit.WINDOW, clock.now())
        move_request(actor=Actor.system(), action=RequestAction.REOPEN, request=request, window_until=window)
    return again


def _may_again(request: FinancingRequest) -> bool:
    return request.dispatched < parameters.value("redispatch_times", on=clock.today())


def _free(request: FinancingRequest) -> None:
    if request.state in (RequestState.OPEN, RequestState.UNDERWAY):
        _change(request, taken=max(request.taken - 1, 0), full_at=None)


def _count(request: FinancingRequest) -> None:
    _change(request, dispatched=request.dispatched + 1)


def _change(request: FinancingRequest, **values: object) -> None:
    """The row is held by the caller."""
    FinancingRequest.objects.filter(pk=request.pk).update(**values)
    request.refresh_from_db()
