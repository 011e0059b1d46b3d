"""Give somebody of an organisation another role or branch."""

from __future__ import annotations

from django.db import transaction

from jiahe.accounts import rights
from jiahe.accounts.actions.enrol import assert_of_kind
from jiahe.accounts.actions.invite import place
from jiahe.accounts.enums import MembershipState, OrganisationKind, Role
from jiahe.accounts.errors import LastAdministrator, MemberChanged, NotYourself, RoleNotYours, Separated
from jiahe.accounts.models import Membership, Organisation
from jiahe.accounts.queries import staff
from jiahe.audit.journal import write
from jiahe.kit.actor import Actor


@transaction.atomic
def change_member(*, actor: Actor, organisation: str, number: int, role: Role, branch: str) -> Membership:
    """Another role or branch from now on. `NoSuchMember`, `NotYourself`, `RoleNotYours`, `NoSuchBranch`,

    `BranchNeeded`, `LastAdministrator`, `Separated`; `MemberChanged` where somebody else was faster.
    """
    found = changeable(actor, organisation, number)
    assert_of_kind(role, found.organisation)
    where = place(actor, found.organisation, role, branch)
    if role != found.role:
        _assert_separated(found, role)
        assert_not_last(found)
    before = {"role": found.role, "branch": found.branch}
    if not Membership.objects.filter(pk=found.pk, state=found.state, **before).update(role=role, branch=where):
        raise MemberChanged
    facts = {"from": found.role, "to": role, "branch": where.code if where else ""}
    write(actor=actor, action="accounts.change_member", subject=f"user:{found.user_id}", facts=facts)
    found.role, found.branch = role, where
    return found


def changeable(actor: Actor, organisation: str, number: int) -> Membership:
    """Somebody whose role the actor may take away, and who is not the actor; the organisation's row is held.

    Who holds it alone counts the administrators that are left.
    """
    found = staff.member(actor=actor, organisation=organisation, number=number)
    if found.user_id == actor.user_id:
        raise NotYourself
    if found.role not in rights.gives(actor, organisation, OrganisationKind(found.organisation.kind)):
        raise RoleNotYours(role=Role(found.role).label)
    Organisation.objects.select_for_update().get(pk=found.organisation_id)
    return found


def assert_not_last(member: Membership) -> None:
    """`LastAdministrator` where nobody else active keeps the organisation."""
    if member.role not in rights.KEEPERS:
        return
    others = Membership.objects.filter(organisation=member.organisation, role=member.role, user__is_active=True)
    if not others.filter(state=MembershipState.ACTIVE).exclude(pk=member.pk).exists():
        raise LastAdministrator(role=member.get_role_display())


def _assert_separated(member: Membership, role: Role) -> None:
    """The three administrators never become each other, nor anything else: a person of another role takes over."""
    if other := rights.clashes(role, [Role(member.role)]):
        raise Separated(role=other.label)
