"""Who works in this portal, and what for they may read."""

from __future__ import annotations

from jiahe.accounts.enums import ROLES, OrganisationKind
from jiahe.accounts.models import Membership
from jiahe.consent.enums import PURPOSES, Direction, Purpose
from jiahe.consent.numbers import direction

PEOPLE = (*ROLES[OrganisationKind.INSTITUTION], *ROLES[OrganisationKind.AGENCY])


def purposes(membership: Membership) -> list[Purpose]:
    """The purposes for which the reader's organisation may read, the usual one first."""
    known = PURPOSES[OrganisationKind(membership.organisation.kind)]
    return [p for p in known if direction(p) is Direction.TO_INSTITUTION]
