"""In what right an actor acts on a request or an order."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from jiahe.accounts.enums import ROLES, OrganisationKind, Role
from jiahe.accounts.queries.branches import below
from jiahe.financing.errors import NotYours
from jiahe.financing.models import FinancingRequest, Order
from jiahe.financing.workflow import Party
from jiahe.kit.actor import Actor

BANKERS = ROLES[OrganisationKind.INSTITUTION]
NAMES = {
    Party.ENTERPRISE: _("企业管理员"),
    Party.MEMBER: _("企业人员"),
    Party.ANY_BANK: _("金融机构人员"),
    Party.OWNER: _("订单的客户经理或其上级管理员"),
    Party.ABOVE: _("上级网点或总部的管理员"),
    Party.OFFICER: _("业务监管员"),
    Party.SYSTEM: _("平台"),
}


def is_system(actor: Actor) -> bool:
    return actor.user_id is None and actor.role == "system"


def user_of(actor: Actor) -> int:
    """The person behind what only people do."""
    assert actor.user_id is not None
    return actor.user_id


def parties(actor: Actor, request: FinancingRequest, order: Order | None = None) -> frozenset[Party]:
    """Every right in which the actor acts here."""
    own = actor.organisation == request.uscc
    above = order is not None and is_above(actor, order)
    held = {
        Party.ENTERPRISE: own and (actor.role == Role.ENTERPRISE_ADMIN or actor.representative),
        Party.MEMBER: own,
        Party.ANY_BANK: actor.role in BANKERS,
        Party.ABOVE: above,
        Party.OWNER: above or (order is not None and _owns(actor, order)),
        Party.OFFICER: actor.role == Role.SUPERVISOR,
        Party.SYSTEM: is_system(actor),
    }
    return frozenset(party for party, holds in held.items() if holds)


def _owns(actor: Actor, order: Order) -> bool:
    """Its account manager; where it has none yet, anybody of the branch to which it was handed, or of the institution."""
    if actor.role not in BANKERS or actor.organisation != order.institution.code:
        return False
    if order.manager_id is not None:
        return order.manager_id == actor.user_id
    return order.branch is None or order.branch.code == actor.branch


def is_above(actor: Actor, order: Order) -> bool:
    """An administrator of the head office, or of the order's branch or one above it."""
    if actor.organisation != order.institution.code:
        return False
    if actor.role == Role.HEAD_ADMIN:
        return True
    if actor.role != Role.BRANCH_ADMIN or order.branch is None or not actor.branch:
        return False
    return any(node.branch.pk == order.branch_id for node in below(actor.organisation, actor.branch))


def require(actor: Actor, who: Iterable[Party], request: FinancingRequest, order: Order | None = None) -> None:
    """`NotYours`, which says whose business it is, for an actor who may not."""
    allowed = frozenset(who)
    if not parties(actor, request, order) & allowed:
        raise NotYours(who="、".join(str(name) for party, name in NAMES.items() if party in allowed))
