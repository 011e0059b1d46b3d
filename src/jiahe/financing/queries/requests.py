"""Requests as those concerned see them; to everybody else there are none."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from jiahe.accounts.enums import Role
from jiahe.financing.errors import NoSuchRequest
from jiahe.financing.models import FinancingRequest
from jiahe.financing.parties import BANKERS, is_system
from jiahe.financing.workflow import RequestState
from jiahe.kit.actor import Actor


def visible_to(actor: Actor) -> QuerySet[FinancingRequest]:
    """The enterprise's own; to an institution those it has an order of; to the supervisor all that were submitted."""
    everything = FinancingRequest.objects.select_related("product__product__institution").order_by("-created_at", "-pk")
    if is_system(actor):
        return everything
    if actor.role == Role.SUPERVISOR:
        return everything.exclude(state=RequestState.DRAFT)
    handled = Q(orders__institution__code=actor.organisation) if actor.role in BANKERS else Q(pk=None)
    return everything.filter(Q(uscc=actor.organisation) | handled).distinct()


def one(*, actor: Actor, number: str) -> FinancingRequest:
    """A request by its number; `NoSuchRequest` alike for one that is not there and one of others."""
    found = visible_to(actor).filter(number=number).first()
    if found is None:
        raise NoSuchRequest(number=number[:24])
    return found
