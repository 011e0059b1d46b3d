"""Give a person an account."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from jiahe.accounts.enums import OrganisationKind, Role
from jiahe.accounts.errors import LoginTaken
from jiahe.accounts.models import Organisation, User
from jiahe.kit import clock
from jiahe.kit.actor import Actor

AUTHORITY = "authority"


def enrol(*, actor: Actor, login: str, name: str, role: Role, password: str, organisation: Organisation) -> User:
    """A new account for one person; `LoginTaken` when the login exists. `actor` is who decided it."""
    user = User(login=login, name=name, role=role, organisation=organisation)
    user.created_at, user.created_by = clock.now(), actor.login
    user.set_password(password)
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError as error:
        raise LoginTaken(login=login) from error
    return user


def authority(name: str) -> Organisation:
    """The city's authority, which runs the platform; made when it is not there yet."""
    found, _ = Organisation.objects.get_or_create(
        code=AUTHORITY, defaults={"name": name, "kind": OrganisationKind.AUTHORITY}
    )
    return found
