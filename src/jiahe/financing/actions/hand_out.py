"""Hand a request to an institution: because the enterprise applied to it, an officer sends it, or a rule does."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from jiahe.accounts.models import Branch, Organisation
from jiahe.catalogue.areas import covers, stem
from jiahe.financing import parties
from jiahe.financing.actions.step import clock_of, locked, move_request, new_number, notice, record
from jiahe.financing.enums import Channel
from jiahe.financing.errors import TakenByColleagues
from jiahe.financing.guards import Given, check
from jiahe.financing.models import FinancingRequest, Order
from jiahe.financing.queries.requests import one
from jiahe.financing.workflow import ORDER_STEPS, REQUEST_STEPS, OrderAction, RequestAction
from jiahe.kit import clock
from jiahe.kit.actor import Actor


@transaction.atomic
def dispatch(*, actor: Actor, number: str, institution: str) -> Order:
    """An officer sends an open request to one of the institutions that the enterprise named."""
    request = one(actor=actor, number=number)
    parties.require(actor, REQUEST_STEPS[RequestAction.DISPATCH].who, request)
    return hand_out(actor=actor, request=request, institution=institution)


def hand_out(*, actor: Actor, request: FinancingRequest, institution: str) -> Order:
    """The order that waits to be accepted; the request goes underway. Runs in the caller's transaction."""
    request = locked(request)
    check(ORDER_STEPS[OrderAction.HAND_OUT].guards, Given(actor, request, values={"institution": institution}))
    grantee = Organisation.objects.get(code=institution)
    order = _order(request, grantee)
    try:
        with transaction.atomic():
            order.save(force_insert=True)
    except IntegrityError as error:
        raise TakenByColleagues(number=request.number, manager=grantee.name) from error
    move_request(
        actor=actor,
        action=RequestAction.DISPATCH,
        request=request,
        taken=min(request.taken + 1, request.places),
    )
    record(actor=actor, action=OrderAction.HAND_OUT, request=request, order=order)
    for whom, template in ORDER_STEPS[OrderAction.HAND_OUT].tells:
        notice(whom, template, request, order)
    return order


def _order(request: FinancingRequest, institution: Organisation) -> Order:
    now, step = clock.now(), ORDER_STEPS[OrderAction.HAND_OUT]
    return Order(
        number=new_number("DD", now),
        request=request,
        serial=request.serial,
        institution=institution,
        branch=nearest_branch(institution, request.area),
        channel=Channel(request.channel),
        created_at=now,
        **clock_of(step, None, now, None),
    )


def nearest_branch(institution: Organisation, area: str) -> Branch | None:
    """The active branch whose area is the longest beginning of the enterprise's; None: the head office's."""
    branches = Branch.objects.filter(institution=institution, is_active=True).exclude(area="").order_by("code")
    fitting = [branch for branch in branches if covers(branch.area, area)]
    return max(fitting, key=lambda branch: len(stem(branch.area)), default=None)
