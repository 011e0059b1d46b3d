"""In what right an actor acts on a product, and whether its institution may publish."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from jiahe.accounts.enums import OrganisationState, Role
from jiahe.accounts.models import Organisation
from jiahe.kit.actor import Actor
from jiahe.products.errors import InstitutionFrozen, NotYours
from jiahe.products.lifecycle import TRANSITIONS, Action, Party

NAMES = {
    Party.INSTITUTION: _("机构总部管理员"),
    Party.AUTHORITY: _("主管部门业务监管员"),
    Party.SYSTEM: _("平台"),
}


def may(actor: Actor, action: Action, institution: str) -> bool:
    """Whether the step is the actor's to take with a product of this institution."""
    held = {
        Party.INSTITUTION: actor.role == Role.HEAD_ADMIN and actor.organisation == institution,
        Party.AUTHORITY: actor.role == Role.SUPERVISOR,
        Party.SYSTEM: actor == Actor.system(actor.channel),
    }
    return held[TRANSITIONS[action].who]


def require(actor: Actor, action: Action, institution: str) -> None:
    """`NotYours`, which says whose business it is, for an actor who may not."""
    if not may(actor, action, institution):
        raise NotYours(who=NAMES[TRANSITIONS[action].who])


def require_active(institution: Organisation) -> None:
    """`InstitutionFrozen` for one that may put nothing onto the shelf now."""
    if institution.state != OrganisationState.ACTIVE:
        raise InstitutionFrozen
