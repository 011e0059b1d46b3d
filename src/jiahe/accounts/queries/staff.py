"""The people of an organisation, as far as somebody keeps them."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from jiahe.accounts import rights
from jiahe.accounts.enums import InvitationState, MembershipState, OrganisationKind, Role
from jiahe.accounts.errors import NoSuchMember, NoSuchOrganisation
from jiahe.accounts.models import Invitation, Membership, Organisation
from jiahe.accounts.queries.branches import tree
from jiahe.kit.actor import Actor


def keeps(*, actor: Actor, organisation: str) -> Organisation:
    """An organisation whose people the actor keeps; `NoSuchOrganisation` for any other, known or not."""
    found = Organisation.objects.filter(code=organisation).first()
    if found is None or not rights.gives(actor, found.code, OrganisationKind(found.kind)):
        raise NoSuchOrganisation
    return found


def members(*, actor: Actor, organisation: str) -> QuerySet[Membership]:
    """People who act for the organisation or have been suspended; for a branch administrator those of his branches."""
    found = Membership.objects.filter(_kept(actor, organisation)).exclude(state=MembershipState.ENDED)
    return found.select_related("user", "organisation", "branch").order_by("user__name", "pk")


def invitations(*, actor: Actor, organisation: str) -> QuerySet[Invitation]:
    """Invitations that nobody has accepted, expired ones too."""
    found = Invitation.objects.filter(_kept(actor, organisation), state=InvitationState.OPEN)
    return found.select_related("organisation", "branch").order_by("-invited_at", "-pk")


def _kept(actor: Actor, organisation: str) -> Q:
    kept = Q(organisation__code=keeps(actor=actor, organisation=organisation).code)
    if actor.role == Role.BRANCH_ADMIN:
        kept &= Q(branch__in=[node.branch.pk for node in tree(actor=actor)])
    return kept


def member(*, actor: Actor, organisation: str, number: int) -> Membership:
    """One of `members`; `NoSuchMember` for any other."""
    found = members(actor=actor, organisation=organisation).filter(pk=number).first()
    if found is None:
        raise NoSuchMember
    return found


def invitation(*, actor: Actor, organisation: str, number: int) -> Invitation:
    """One of `invitations`; `NoSuchMember` for any other."""
    found = invitations(actor=actor, organisation=organisation).filter(pk=number).first()
    if found is None:
        raise NoSuchMember
    return found
