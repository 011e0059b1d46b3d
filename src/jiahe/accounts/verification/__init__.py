"""Who says that a person is the legal representative of an enterprise: one folder for each verifier (JIAHE_VERIFIER).

Name and identity number have been compared with the registry before. A verifier is a module with `begin(question)`,
which asks whoever it asks and gives the state at once: confirmed, refused, or waiting for `confirm_representative`.
It keeps neither the name nor the number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules

from django.core.exceptions import ImproperlyConfigured

from jiahe.accounts.enums import VerificationState
from jiahe.kit.configuration import setting


@dataclass(frozen=True)
class Question:
    """Is this person the legal representative? `number` names the question to whoever answers."""

    number: str
    uscc: str
    name: str
    identity: str


@dataclass(frozen=True)
class VerifiedEntity:
    """What a sign-in by electronic licence or legal-person single sign-on has proved already.

    `subject` is the lasting name by which `provider` knows the person; it is kept as a digest only.
    """

    uscc: str
    name: str
    representative: str
    subject: str
    provider: str

    @classmethod
    def of(cls, said: Mapping[str, str] | None) -> VerifiedEntity | None:
        """From the session's `verified_entity`."""
        return (
            cls(said["uscc"], said["name"], said["representative"], said["subject"], said["provider"]) if said else None
        )


def begin(question: Question) -> VerificationState:
    """Ask the chosen verifier; `ImproperlyConfigured` for an unknown one."""
    chosen, known = setting("JIAHE_VERIFIER"), [m.name for m in iter_modules(__path__)]
    if chosen not in known:
        raise ImproperlyConfigured(f"JIAHE_VERIFIER={chosen}：没有这种核验方式，可用的有：{'、'.join(known)}")
    return VerificationState(import_module(f"{__name__}.{chosen}").begin(question))
