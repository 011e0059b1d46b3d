"""Orders as those concerned see them; to everybody else there are none."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from jiahe.accounts.enums import ROLES, OrganisationKind, Role
from jiahe.accounts.queries.branches import below
from jiahe.financing.errors import NoSuchOrder
from jiahe.financing.models import Order
from jiahe.financing.parties import BANKERS, is_system
from jiahe.kit.actor import Actor


def visible_to(actor: Actor) -> QuerySet[Order]:
    """The enterprise's own; an institution's: all to its head office, its branches' to a branch administrator, their own
    and those that wait to be accepted at their branch to the others; to the supervisor all."""
    everything = Order.objects.select_related("request", "institution", "branch", "manager").order_by("due_at", "pk")
    if is_system(actor) or actor.role == Role.SUPERVISOR:
        return everything
    if actor.role in ROLES[OrganisationKind.ENTERPRISE]:
        return everything.filter(request__uscc=actor.organisation)
    if actor.role in BANKERS:
        return everything.filter(_of_institution(actor), institution__code=actor.organisation)
    return everything.none()


def _of_institution(actor: Actor) -> Q:
    if actor.role == Role.HEAD_ADMIN:
        return Q()
    mine = Q(manager_id=actor.user_id)
    if actor.role == Role.BRANCH_ADMIN and actor.branch:
        kept = [node.branch.pk for node in below(actor.organisation, actor.branch)]
        return mine | Q(branch__in=kept)
    return mine | Q(manager=None) & (Q(branch=None) | Q(branch__code=actor.branch))


def one(*, actor: Actor, number: str) -> Order:
    """An order by its number; `NoSuchOrder` alike for one that is not there and one of others."""
    found = visible_to(actor).filter(number=number).first()
    if found is None:
        raise NoSuchOrder(number=number[:24])
    return found
