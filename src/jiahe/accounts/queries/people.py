"""The people of an organisation as a list is shown: members and open invitations, filtered."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from jiahe.accounts import rights
from jiahe.accounts.enums import MembershipState, OrganisationKind, Role
from jiahe.accounts.models import Invitation, Membership
from jiahe.accounts.queries import staff
from jiahe.accounts.queries.branches import below
from jiahe.kit import clock
from jiahe.kit.actor import Actor
from jiahe.kit.crypto import keyring, mask


@dataclass(frozen=True)
class Wanted:
    """What is looked for: part of a name or login, a branch with those below it, a role, a state."""

    text: str = ""
    branch: str = ""
    role: str = ""
    state: str = ""

    @property
    def any(self) -> bool:
        return bool(self.text or self.branch or self.role or self.state)


@dataclass(frozen=True)
class Person:
    """One line of the list. `can` says whether the reader may change it."""

    number: int
    name: str
    login: str
    phone: str
    role: str
    branch: str
    frozen: bool
    representative: bool
    can: bool


@dataclass(frozen=True)
class Invited:
    """One open invitation; an expired one can be sent again."""

    number: int
    name: str
    phone: str
    role: str
    branch: str
    expired: bool
    can: bool


def people(*, actor: Actor, organisation: str, wanted: Wanted, limit: int, offset: int) -> list[Person]:
    found = staff.members(actor=actor, organisation=organisation)
    if wanted.text:
        found = found.filter(Q(user__name__contains=wanted.text) | Q(user__login__icontains=wanted.text))
    if wanted.branch:
        found = found.filter(branch__in=[node.branch.pk for node in below(organisation, wanted.branch)])
    if wanted.role:
        found = found.filter(role=wanted.role)
    if wanted.state:
        found = found.filter(state=wanted.state)
    return [_person(actor, one) for one in found[offset : offset + limit]]


def invited(*, actor: Actor, organisation: str) -> list[Invited]:
    now = clock.now()
    return [
        Invited(
            number=one.pk,
            name=one.name,
            phone=_masked(one.phone),
            role=one.get_role_display(),
            branch=one.branch.name if one.branch else "",
            expired=one.expires_at <= now,
            can=_can(actor, one),
        )
        for one in staff.invitations(actor=actor, organisation=organisation)[:200]
    ]


def _person(actor: Actor, member: Membership) -> Person:
    return Person(
        number=member.pk,
        name=member.user.name,
        login=member.user.login,
        phone=_masked(member.user.phone),
        role=member.get_role_display(),
        branch=member.branch.name if member.branch else "",
        frozen=member.state == MembershipState.FROZEN,
        representative=member.representative,
        can=_can(actor, member) and member.user_id != actor.user_id,
    )


def _masked(phone: str) -> str:
    return mask(keyring().decrypt(phone)) if phone else ""


def _can(actor: Actor, one: Membership | Invitation) -> bool:
    kind = OrganisationKind(one.organisation.kind)
    return Role(one.role) in rights.gives(actor, one.organisation.code, kind)
