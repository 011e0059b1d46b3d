"""Apply and authorise in one: the request goes out with the consent that belongs to it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.db import transaction

from jiahe.consent.actions.offer import offer
from jiahe.consent.terms import Terms
from jiahe.financing import limits, parties
from jiahe.financing.actions.hand_out import hand_out
from jiahe.financing.actions.step import move_request
from jiahe.financing.enums import Channel, Mode
from jiahe.financing.guards import Given, check
from jiahe.financing.models import FinancingRequest
from jiahe.financing.precredit.actions.apply import attach
from jiahe.financing.queries.requests import one
from jiahe.financing.refs import request_ref
from jiahe.financing.workflow import REQUEST_STEPS, Limit, RequestAction
from jiahe.kit import clock
from jiahe.kit.actor import Actor
from jiahe.kit.databases import shut_gate


@transaction.atomic
def submit(
    *,
    actor: Actor,
    number: str,
    institutions: Sequence[str],
    terms: Terms,
    agreed: str,
    separately: Collection[str] = (),
    language: str = "",
) -> FinancingRequest:
    """Send a draft out: to the product's institution, or open to the named ones, each with a consent that waits for it.

    `terms.subject_ref` must be `request_ref(request)`; `agreed` is the digest of the words that were read. Raises the
    guard's failure, or the consent's.
    """
    request = one(actor=actor, number=number)
    step = REQUEST_STEPS[RequestAction.SUBMIT]
    parties.require(actor, step.who, request)
    shut_gate(request.serial)  # two requests of one enterprise never pass their guards side by side
    check(step.guards, Given(actor, request, values={"institutions": institutions, "categories": terms.categories}))
    assert terms.subject_ref == request_ref(request)
    if request.channel == Channel.POINTS:
        attach(request)
    now = clock.now()
    window = limits.ends(Limit.WINDOW, now)
    offer(actor=actor, grantees=institutions, terms=terms, agreed=agreed, separately=separately, language=language)
    move_request(actor=actor, action=RequestAction.SUBMIT, request=request, submitted_at=now, window_until=window)
    if request.mode == Mode.DIRECTED:
        hand_out(actor=Actor.system(actor.channel), request=request, institution=institutions[0])
        request.refresh_from_db()
    return request
