"""What an institution does with its order up to the decision, and what the enterprise answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from jiahe.accounts.typed import line
from jiahe.consent.actions.offer import claim as claim_consent
from jiahe.consent.queries.stored import between
from jiahe.financing import parties
from jiahe.financing.actions.step import finish_if_done, locked, move_order
from jiahe.financing.attachments.actions.want import Paper, want
from jiahe.financing.enums import OrderStates
from jiahe.financing.errors import StateChanged
from jiahe.financing.guards import Given, check
from jiahe.financing.models import Order
from jiahe.financing.queries.orders import one
from jiahe.financing.refs import order_ref, request_ref
from jiahe.financing.workflow import ORDER_STEPS, OrderAction
from jiahe.kit import clock
from jiahe.kit.actor import Actor


def begin_step(actor: Actor, action: OrderAction, number: str, **values: Any) -> Order:
    """The order of a step that the actor may take, with its request's row held until the transaction ends.

    `NotYours`, `StateChanged`, or the failure of the step's first guard that does not hold for what was typed.
    """
    order, step = one(actor=actor, number=number), ORDER_STEPS[action]
    parties.require(actor, step.who, order.request, order)
    order.request = locked(order.request)
    order.refresh_from_db(from_queryset=Order.objects.select_related("request", "institution", "branch", "manager"))
    if order.state not in step.start:
        raise StateChanged(number=order.number, state=OrderStates(order.state).label)
    check(step.guards, Given(actor, order.request, order, values))
    return order


@transaction.atomic
def accept(*, actor: Actor, number: str) -> Order:
    """Take an order that was handed out; the consent comes into force with it, and the order is the actor's."""
    order = begin_step(actor, OrderAction.ACCEPT, number, institution=actor.organisation)
    owner = order.manager_id or actor.user_id
    move_order(actor=actor, action=OrderAction.ACCEPT, order=order, manager_id=owner, accepted_at=clock.now())
    known = between(order.serial, actor.organisation)()
    claim_consent(actor=actor, known=known, request_ref=request_ref(order.request), order_ref=order_ref(order))
    return order


@transaction.atomic
def contacted(*, actor: Actor, number: str) -> Order:
    """The enterprise was reached: due diligence is on."""
    return _plain(actor, OrderAction.CONTACT, number)


@transaction.atomic
def ask_more(*, actor: Actor, number: str, wanted: str, papers: Sequence[Paper] = ()) -> Order:
    """Ask the enterprise for more documents, in words and, where they are to be uploaded, kind by kind; its own time
    limit runs, and the institution's stands."""
    text = line(wanted, _("需要补充的材料"), 400)
    order = _plain(actor, OrderAction.ASK_MORE, number, wanted=text)
    if papers:
        want(actor=actor, order=order, papers=papers, due_at=order.due_at)
    return order


@transaction.atomic
def supply(*, actor: Actor, number: str) -> Order:
    """The enterprise has answered."""
    return _plain(actor, OrderAction.SUPPLY, number, wanted="")


@transaction.atomic
def review(*, actor: Actor, number: str) -> Order:
    """Due diligence is done; the decision is being made."""
    return _plain(actor, OrderAction.REVIEW, number)


def _plain(actor: Actor, action: OrderAction, number: str, **changes: Any) -> Order:
    order = begin_step(actor, action, number)
    move_order(actor=actor, action=action, order=order, **changes)
    return order


def ending(
    actor: Actor,
    action: OrderAction,
    number: str,
    *,
    values: dict[str, Any] | None = None,
    then: Callable[[Order], None] | None = None,
    **changes: Any,
) -> Order:
    """A step that ends an order, and its request where that was the last."""
    order = begin_step(actor, action, number, **(values or {}))
    move_order(actor=actor, action=action, order=order, **changes)
    if then:
        then(order)
    finish_if_done(actor=Actor.system(actor.channel), request=order.request)
    return order
