"""In what right an actor acts on a consent."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from jiahe.accounts.enums import Role
from jiahe.consent.errors import NotYours
from jiahe.consent.terms import TRANSITIONS, Action, Party
from jiahe.kit.actor import Actor

GRANTEES = (
    Role.HEAD_ADMIN,
    Role.BRANCH_ADMIN,
    Role.ACCOUNT_MANAGER,
    Role.GRID_MANAGER,
    Role.RATER,
    Role.SUPERVISOR,
)
_NAMES = {
    Party.ENTERPRISE: _("企业管理员"),
    Party.PERSON: _("本人(法定代表人、经营者或投资人)"),
    Party.GRANTEE: _("被授权单位"),
    Party.SYSTEM: _("平台"),
}


def is_system(actor: Actor) -> bool:
    return actor.user_id is None and actor.role == "system"


def parties(actor: Actor, *, uscc: str, grantee: str) -> frozenset[Party]:
    """Every right in which the actor acts on a consent of this enterprise to this organisation."""
    own = actor.organisation == uscc
    held = {
        Party.ENTERPRISE: own and (actor.role == Role.ENTERPRISE_ADMIN or actor.representative),
        Party.PERSON: own and actor.representative,
        Party.GRANTEE: actor.organisation == grantee and actor.role in GRANTEES,
        Party.SYSTEM: is_system(actor),
    }
    return frozenset(party for party, holds in held.items() if holds)


def require(actor: Actor, action: Action, *, uscc: str, grantee: str, written: bool) -> None:
    """`NotYours`, which says whose business it is, for an actor who may not."""
    transition = TRANSITIONS[action]
    allowed = transition.written if written else transition.who
    if not parties(actor, uscc=uscc, grantee=grantee) & set(allowed):
        raise NotYours(who=named(allowed))


def named(some: Iterable[Party]) -> str:
    return "、".join(str(_NAMES[party]) for party in some)
