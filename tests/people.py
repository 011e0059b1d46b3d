"""People who use the platform in tests."""

from __future__ import annotations

from datetime import date

from django.test import Client

from jiahe.accounts.actions.enrol import authority, enrol, grant
from jiahe.accounts.actor import as_actor
from jiahe.accounts.enums import OrganisationKind, Role
from jiahe.accounts.models import Branch, Membership, Organisation, User
from jiahe.accounts.sessions import VERIFIED_AT
from jiahe.kit import clock
from jiahe.kit.actor import Actor

PASSWORD = "paddy-and-grain-21"


def data_officer() -> User:
    """A data officer of the authority, who signs in as `officer`."""
    return person("officer", Role.DATA_OFFICER, authority("测试主管部门"), name="测试员")


def person(
    login: str, role: Role, organisation: Organisation, *, name: str = "测试人员", branch: Branch | None = None
) -> User:
    """Somebody who signs in with `PASSWORD`."""
    return enrol(
        actor=Actor.system(),
        login=login,
        name=name,
        role=role,
        password=PASSWORD,
        organisation=organisation,
        branch=branch,
    )


def organisation(code: str, kind: OrganisationKind, name: str = "") -> Organisation:
    facts: dict[str, object] = {"name": name or f"测试{code}", "kind": kind}
    if kind == OrganisationKind.AGENCY:
        facts |= {"filing_number": "备案001", "filed_until": date(2099, 12, 31)}
    return Organisation.objects.get_or_create(code=code, defaults=facts)[0]


def bank(code: str = "bank-a") -> Organisation:
    return organisation(code, OrganisationKind.INSTITUTION)


def enterprise(uscc: str) -> Organisation:
    return organisation(uscc, OrganisationKind.ENTERPRISE)


def representative(login: str, uscc: str) -> User:
    """The verified legal representative of an enterprise, its administrator."""
    user = _plain(login)
    grant(
        actor=Actor.system(),
        user=user,
        organisation=enterprise(uscc),
        role=Role.ENTERPRISE_ADMIN,
        representative=True,
    )
    return user


def _plain(login: str) -> User:
    user = User(login=login, name="测试法人", created_at=clock.now(), created_by="system")
    user.set_password(PASSWORD)
    user.save(force_insert=True)
    return user


def sign_in(client: Client, user: User) -> None:
    """The client's session becomes the person's, as after a complete sign-in with a second factor."""
    client.force_login(user)
    session = client.session
    session[VERIFIED_AT] = clock.now().isoformat()
    session.save()


def actor(user: User, channel: str = "portal") -> Actor:
    """The person acting under their first membership."""
    return as_actor(Membership.objects.select_related("user", "organisation", "branch").filter(user=user)[0], channel)
