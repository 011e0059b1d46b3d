"""Give an order to another account manager of the institution."""

from __future__ import annotations

from django.db import transaction

from jiahe.accounts.enums import MembershipState
from jiahe.accounts.models import Membership
from jiahe.audit.journal import write
from jiahe.financing import parties
from jiahe.financing.actions.step import locked, notice
from jiahe.financing.enums import OrderStates
from jiahe.financing.errors import NoSuchManager, StateChanged
from jiahe.financing.models import Order
from jiahe.financing.queries.orders import one, visible_to
from jiahe.financing.workflow import LIVE, Party
from jiahe.kit.actor import Actor


@transaction.atomic
def reassign(*, actor: Actor, number: str, manager: int) -> Order:
    """A live order becomes another person's; it lies with that person's branch from then on."""
    order = one(actor=actor, number=number)
    parties.require(actor, (Party.ABOVE,), order.request, order)
    order.request = locked(order.request)
    taker = (
        Membership.objects.filter(
            user_id=manager,
            organisation=order.institution,
            state=MembershipState.ACTIVE,
            user__is_active=True,
            role__in=parties.BANKERS,
        )
        .select_related("branch")
        .first()
    )
    if taker is None:
        raise NoSuchManager
    moved = Order.objects.filter(pk=order.pk, state__in=LIVE).update(
        manager_id=manager, branch=taker.branch or order.branch
    )
    order = Order.objects.select_related("request", "institution", "branch").get(pk=order.pk)
    if not moved:
        raise StateChanged(number=number, state=OrderStates(order.state).label)
    write(actor=actor, action="order.reassign", subject=f"order:{number}", facts={"manager": manager})
    notice("institution", "order.reassigned", order.request, order)
    return order


@transaction.atomic
def hand_over(*, actor: Actor, leaving: int, manager: int) -> int:
    """All live orders of one person that the actor sees, to another; how many there were."""
    numbers = visible_to(actor).filter(manager_id=leaving, institution__code=actor.organisation, state__in=LIVE)
    handed = [
        reassign(actor=actor, number=n, manager=manager)
        for n in numbers.order_by("pk").values_list("number", flat=True)
    ]
    return len(handed)
