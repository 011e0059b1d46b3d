"""Grab an open request: the first institutions that come get its places."""

from __future__ import annotations

from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from jiahe.consent.actions.offer import claim as claim_consent
from jiahe.consent.errors import NoSuchConsent
from jiahe.financing import parties
from jiahe.financing.actions.step import clock_of, move_request, new_number, notice, record
from jiahe.financing.errors import NoPlaceLeft, NoSuchRequest, NotOpenToYou, TakenByColleagues, WindowClosed
from jiahe.financing.guards import Given, check
from jiahe.financing.models import FinancingRequest, Order
from jiahe.financing.queries.claimable import claimable
from jiahe.financing.queries.open_to import pending_consent
from jiahe.financing.refs import order_ref, request_ref
from jiahe.financing.workflow import LIVE, ORDER_STEPS, OrderAction, RequestAction, RequestState
from jiahe.kit import clock
from jiahe.kit.actor import Actor


def claim(*, actor: Actor, number: str, amount: Decimal, rate: Decimal) -> Order:
    """Take a place with an indicated amount (yuan) and annual rate (per cent); the consent comes into force with it.

    `NoPlaceLeft` (since when), `WindowClosed`, `TakenByColleagues` or `NotOpenToYou` where it cannot be had.
    """
    found = claimable(actor=actor, number=number)
    if found is None:
        raise NoSuchRequest(number=number[:24])
    request, held = found
    step = ORDER_STEPS[OrderAction.CLAIM]
    parties.require(actor, step.who, request)
    check(step.guards, Given(actor, request, values={"amount": amount, "rate": rate}))
    if request.state != RequestState.OPEN:
        raise (_colleagues(actor, request) if held else None) or _too_late(request)
    try:
        with transaction.atomic():
            return _claim(actor, request, amount, rate)
    except IntegrityError as error:  # a colleague's order of the same enterprise came first
        raise _colleagues(actor, request) or NotOpenToYou() from error


def _claim(actor: Actor, request: FinancingRequest, amount: Decimal, rate: Decimal) -> Order:
    now = clock.now()
    # This row's lock puts everybody who comes at once into a queue; whoever finds no place left leaves without a trace.
    won = FinancingRequest.objects.filter(
        pk=request.pk, state=RequestState.OPEN, taken__lt=F("places"), window_until__gt=now
    ).update(taken=F("taken") + 1)
    request.refresh_from_db()
    if not won:
        raise _colleagues(actor, request) or _too_late(request)
    order = _saved(actor, request, amount, rate)
    try:
        claim_consent(actor=actor, request_ref=request_ref(request), order_ref=order_ref(order))
    except NoSuchConsent as error:
        raise NotOpenToYou from error
    record(actor=actor, action=OrderAction.CLAIM, request=request, order=order)
    for whom, template in ORDER_STEPS[OrderAction.CLAIM].tells:
        notice(whom, template, request, order)
    if request.taken == request.places:
        move_request(actor=Actor.system(actor.channel), action=RequestAction.FILL, request=request, full_at=now)
    return order


def _saved(actor: Actor, request: FinancingRequest, amount: Decimal, rate: Decimal) -> Order:
    pending = pending_consent(request, actor.organisation)
    if pending is None:
        raise _colleagues(actor, request) or NotOpenToYou()
    now = clock.now()
    order = Order(
        number=new_number("DD", now),
        request=request,
        serial=request.serial,
        institution=pending.grantee,
        branch=pending.grantee.branches.filter(code=actor.branch).first() if actor.branch else None,
        manager_id=actor.user_id,
        channel=request.channel,
        indicated_amount=amount,
        indicated_rate=rate,
        created_at=now,
        accepted_at=now,
        **clock_of(ORDER_STEPS[OrderAction.CLAIM], None, now, None),
    )
    order.save(force_insert=True)
    return order


def _too_late(request: FinancingRequest) -> NoPlaceLeft | WindowClosed:
    """Since when; who won is told to colleagues only."""
    if request.full_at or request.taken >= request.places:
        since = request.full_at or clock.now()
        return NoPlaceLeft(places=request.places, since=f"{since.astimezone(clock.ZONE):%m-%d %H:%M:%S}")
    since = request.ended_at or request.window_until or clock.now()
    return WindowClosed(since=f"{since.astimezone(clock.ZONE):%m-%d %H:%M}")


def _colleagues(actor: Actor, request: FinancingRequest) -> TakenByColleagues | None:
    """The order that the actor's own institution has of the request, or of the same enterprise and still in hand."""
    held = Order.objects.filter(serial=request.serial, institution__code=actor.organisation)
    found = held.filter(Q(request=request) | Q(state__in=LIVE)).values_list("number", "manager__name").first()
    return TakenByColleagues(number=found[0], manager=found[1] or _("受理人员")) if found else None
