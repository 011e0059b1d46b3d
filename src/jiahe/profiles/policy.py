"""Who sees what (DOMAIN §0.1), as a table: a reader's role and purpose to the rule of that reading.

A role and purpose that are not in the table see nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from jiahe.accounts.enums import Role
from jiahe.catalogue import Authorisation, Category
from jiahe.profiles.enums import Purpose

P0, A1, A2, R = Authorisation.P0, Authorisation.A1, Authorisation.A2, Authorisation.R


class Way(StrEnum):
    """How records of a class come to a reader."""

    OPEN = "open"
    CONSENT = "consent"  # under a consent given to the reader's organisation
    PERSON = "person"  # to the person concerned only: the verified representative
    CLOSED = "closed"


class Scope(StrEnum):
    """Of which enterprises, and which of their categories, a reader may ask."""

    ALL = "all"
    OWN_ENTERPRISE = "own_enterprise"
    OWN_DEPARTMENT = "own_department"


@dataclass(frozen=True)
class Rule:
    """How one reader reads.

    An outsider sees nothing that is repaired, and nothing open whose publicity has ended. `names` says that private
    persons' names are shown in full; `derived` that what the platform makes of the records is shown as well.
    """

    ways: Mapping[Authorisation, Way]
    scope: Scope = Scope.ALL
    outsider: bool = True
    names: bool = False
    derived: bool = True

    def reaches(self, uscc: str, organisation: str) -> bool:
        """Whether a reader of this organisation may ask about an enterprise at all."""
        return self.scope is not Scope.OWN_ENTERPRISE or uscc == organisation

    def covers(self, category: Category, organisation: str) -> bool:
        """Whether a reader of this organisation may ask for a category at all."""
        return self.scope is not Scope.OWN_DEPARTMENT or category.department == organisation

    @property
    def consents(self) -> frozenset[Authorisation]:
        """The classes that wait for a consent."""
        return frozenset(one for one, way in self.ways.items() if way is Way.CONSENT)


_EVERYTHING = dict.fromkeys(Authorisation, Way.OPEN)

OWN = Rule({**_EVERYTHING, R: Way.PERSON}, Scope.OWN_ENTERPRISE, outsider=False, names=True)
QUALITY = Rule({**_EVERYTHING, R: Way.CLOSED}, outsider=False, derived=False)
SUPPLIED = Rule(_EVERYTHING, Scope.OWN_DEPARTMENT, outsider=False, names=True, derived=False)
OPEN_AND_CONSENTED = Rule({P0: Way.OPEN, A1: Way.CONSENT, A2: Way.CONSENT, R: Way.CONSENT})
CONSENTED = Rule(dict.fromkeys(Authorisation, Way.CONSENT))

_INSTITUTION = (Role.HEAD_ADMIN, Role.BRANCH_ADMIN, Role.ACCOUNT_MANAGER, Role.GRID_MANAGER)
_LENDING = (Purpose.PRE_LOAN, Purpose.POST_LOAN)

RULES: dict[tuple[str, str], Rule] = {
    (Role.ENTERPRISE_ADMIN, Purpose.OWN): OWN,
    (Role.ENTERPRISE_MEMBER, Purpose.OWN): OWN,
    (Role.DATA_OFFICER, Purpose.DATA_QUALITY): QUALITY,
    (Role.DEPARTMENT_CLERK, Purpose.DATA_QUALITY): SUPPLIED,
    (Role.SUPERVISOR, Purpose.SUPERVISION): OPEN_AND_CONSENTED,
    (Role.RATER, Purpose.RATING): CONSENTED,
    **{(role, purpose): OPEN_AND_CONSENTED for role in _INSTITUTION for purpose in _LENDING},
}


def rule(role: str, purpose: str) -> Rule | None:
    """The rule of a reading; None for a reader who sees no enterprise data for that purpose."""
    return RULES.get((role, purpose))
