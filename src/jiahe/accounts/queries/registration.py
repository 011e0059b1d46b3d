"""Which enterprise somebody wants to register: matched against the registry."""

from __future__ import annotations

from dataclasses import dataclass

from jiahe.accounts import typed
from jiahe.accounts.errors import AlreadyRegistered, NameDiffers, NotRegistered, RegistrationEnded
from jiahe.accounts.models import Organisation
from jiahe.creditfile.queries import representative
from jiahe.creditfile.queries.representative import Registered


@dataclass(frozen=True)
class Candidate:
    """An enterprise that may be registered. `name` is its present one; `by_former` that a former one was given."""

    uscc: str
    name: str
    by_former: bool


def candidate(*, code: str, name: str) -> Candidate:
    """The enterprise of a code and a name. A stranger learns nothing about it before both agree.

    `NotAUscc`, `NotRegistered`, `NameDiffers`, `RegistrationEnded`, `AlreadyRegistered`.
    """
    uscc = typed.code(code)
    found = of_registry(uscc)
    if found is None:
        raise NotRegistered
    present = typed.same_name(name, found.name)
    if not present and not any(typed.same_name(name, former) for former in found.former_names):
        raise NameDiffers
    if found.ended:
        raise RegistrationEnded
    if Organisation.objects.filter(code=uscc).exists():
        raise AlreadyRegistered
    return Candidate(uscc, found.name, by_former=not present)


def of_registry(uscc: str) -> Registered | None:
    """The registry's present record of a code, with people as digests."""
    return representative.registered(uscc, name=typed.person, identity=typed.identity)
