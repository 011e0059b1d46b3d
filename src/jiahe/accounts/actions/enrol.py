"""Give a person an account, and a role in an organisation."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import Q

from jiahe.accounts import rights
from jiahe.accounts.enums import ROLES, MembershipState, OrganisationKind, Role
from jiahe.accounts.errors import LoginTaken, RoleNotOfKind, Separated
from jiahe.accounts.models import Branch, Membership, Organisation, User
from jiahe.audit.journal import write
from jiahe.kit import clock
from jiahe.kit.actor import Actor
from jiahe.kit.crypto import keyring

AUTHORITY = "authority"


@transaction.atomic
def enrol(
    *,
    actor: Actor,
    login: str,
    name: str,
    role: Role,
    password: str | None,
    organisation: Organisation,
    branch: Branch | None = None,
    phone: str = "",
) -> User:
    """A new account for one person in one role; `actor` is who decided it.

    `LoginTaken` when the login exists, `RoleNotOfKind` for a role that this kind of organisation does not have.
    Without a password the account opens by other means only.
    """
    user = User(login=login, name=name, created_at=clock.now(), created_by=actor.login)
    if phone:
        user.phone, user.phone_digest = keyring().encrypt(phone), keyring().digest(phone)
    user.set_password(password)
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError as error:
        raise LoginTaken(login=login) from error
    write(actor=actor, action="accounts.enrol", subject=f"user:{user.pk}")
    grant(actor=actor, user=user, organisation=organisation, role=role, branch=branch)
    return user


@transaction.atomic
def grant(
    *,
    actor: Actor,
    user: User,
    organisation: Organisation,
    role: Role,
    branch: Branch | None = None,
    representative: bool = False,
) -> Membership:
    """Let a person act for an organisation.

    `RoleNotOfKind` for a role of another kind of organisation, `Separated` where the person holds a role that does not
    go together with this one.
    """
    assert_of_kind(role, organisation)
    if organisation.kind == OrganisationKind.AUTHORITY:
        assert_separate(role, user.phone_digest, user)
    membership = Membership.objects.create(
        user=user,
        organisation=organisation,
        branch=branch,
        role=role,
        representative=representative,
        since=clock.now(),
        granted_by=actor.login,
    )
    facts = {"organisation": organisation.code, "role": role, "representative": representative}
    write(actor=actor, action="accounts.grant", subject=f"user:{user.pk}", facts=facts)
    return membership


def assert_of_kind(role: Role, organisation: Organisation) -> None:
    if role not in ROLES[OrganisationKind(organisation.kind)]:
        raise RoleNotOfKind(role=Role(role).label, kind=OrganisationKind(organisation.kind).label)


def assert_separate(role: Role, phone_digest: str, user: User | None = None) -> None:
    """`Separated` where the person, known by account or by phone, holds a role that clashes with this one."""
    same = Q(user=user) if user else Q(pk=None)
    if phone_digest:
        same |= Q(user__phone_digest=phone_digest)
    held = Membership.objects.filter(same, organisation__kind=OrganisationKind.AUTHORITY)
    roles = held.exclude(state=MembershipState.ENDED).values_list("role", flat=True)
    if other := rights.clashes(role, [Role(one) for one in roles]):
        raise Separated(role=other.label)


def authority(name: str) -> Organisation:
    """The city's authority, which runs the platform; made when it is not there yet."""
    found, _ = Organisation.objects.get_or_create(
        code=AUTHORITY, defaults={"name": name, "kind": OrganisationKind.AUTHORITY}
    )
    return found
