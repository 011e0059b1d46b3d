"""Grab an open request: the first institutions that come get its places."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from jiahe.consent.actions.offer import claim as claim_consent
from jiahe.consent.errors import NoSuchConsent
from jiahe.consent.queries.stored import between
from jiahe.financing import parties
from jiahe.financing.actions.step import clock_of, new_number, notice, record, request_moved
from jiahe.financing.errors import NoPlaceLeft, NoSuchRequest, NotOpenToYou, TakenByColleagues, WindowClosed
from jiahe.financing.guards import Given, check
from jiahe.financing.models import FinancingRequest, Order
from jiahe.financing.queries.claimable import Claimable, claimable
from jiahe.financing.refs import order_ref, request_ref
from jiahe.financing.workflow import LIVE, ORDER_STEPS, REQUEST_STEPS, OrderAction, RequestAction, RequestState
from jiahe.kit import clock
from jiahe.kit.actor import Actor
from jiahe.kit.rows import insert, together
from jiahe.kit.statements import aware, in_one_go, moment, send

_CLAIM = ORDER_STEPS[OrderAction.CLAIM]
_FULL = REQUEST_STEPS[RequestAction.FILL].end
# One more place is taken, if one is left; with the last one the request is full.
_TAKE = f"""
UPDATE financing_financingrequest SET taken = taken + 1,
  state = CASE WHEN taken + 1 < places THEN state ELSE '{_FULL}' END,
  full_at = CASE WHEN taken + 1 < places THEN full_at ELSE %s END
WHERE id = %s AND state = '{RequestState.OPEN}' AND taken < places AND window_until > %s
RETURNING taken, state, full_at
"""


def claim(*, actor: Actor, number: str, amount: Decimal, rate: Decimal) -> Order:
    """Take a place with an indicated amount (yuan) and annual rate (per cent); the consent comes into force with it.

    `NoPlaceLeft` (since when), `WindowClosed`, `TakenByColleagues` or `NotOpenToYou` where it cannot be had.
    """
    found = claimable(actor=actor, number=number)
    if found is None:
        raise NoSuchRequest(number=number[:24])
    request = found.request
    parties.require(actor, _CLAIM.who, request)
    check(_CLAIM.guards, Given(actor, request, values={"amount": amount, "rate": rate}))
    if request.state != RequestState.OPEN:
        raise (_colleagues(actor, request) if found.held else None) or _too_late(request)
    try:
        with transaction.atomic(), together():
            return _claim(actor, found, amount, rate)
    except (IntegrityError, NoSuchConsent) as error:  # a colleague came first, or the enterprise took its consent back
        raise _colleagues(actor, request) or NotOpenToYou() from error


def _claim(actor: Actor, found: Claimable, amount: Decimal, rate: Decimal) -> Order:
    request, now = found.request, clock.now()
    # This row's lock puts everybody who comes at once into a queue; whoever finds no place left leaves without a trace.
    with in_one_go():
        taken = send(_TAKE, [moment(now), request.pk, moment(now)])
        known = between(request.serial, actor.organisation)
    if not (row := taken()):
        request.refresh_from_db()
        raise _colleagues(actor, request) or _too_late(request)
    ((request.taken, request.state, full_at),) = row
    request.full_at = aware(full_at)
    order = _order(actor, found, amount, rate, now)
    opened, serves = request_ref(request), order_ref(order)
    consent = claim_consent(actor=actor, known=known(), request_ref=opened, order_ref=serves)
    order.institution = consent.grantee
    insert(order)
    record(actor=actor, action=OrderAction.CLAIM, request=request, order=order)
    for whom, template in _CLAIM.tells:
        notice(whom, template, request, order)
    if request.state != RequestState.OPEN:
        system, start = Actor.system(actor.channel), RequestState.OPEN
        request_moved(actor=system, action=RequestAction.FILL, request=request, start=start)
    return order


def _order(actor: Actor, found: Claimable, amount: Decimal, rate: Decimal, now: datetime) -> Order:
    return Order(
        number=new_number("DD", now),
        request=found.request,
        serial=found.request.serial,
        branch_id=found.branch,
        manager_id=actor.user_id,
        channel=found.request.channel,
        indicated_amount=amount,
        indicated_rate=rate,
        created_at=now,
        accepted_at=now,
        **clock_of(_CLAIM, None, now, None),
    )


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
