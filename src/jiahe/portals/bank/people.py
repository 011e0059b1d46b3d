"""Who works in this portal, what for they may read, and how the state of a consent is said to them."""

from __future__ import annotations

from django.utils.translation import gettext as _

from jiahe.accounts.enums import ROLES, OrganisationKind
from jiahe.accounts.models import Membership
from jiahe.consent.enums import PURPOSES, ConsentState, Direction, Purpose
from jiahe.consent.numbers import direction

PEOPLE = (*ROLES[OrganisationKind.INSTITUTION], *ROLES[OrganisationKind.AGENCY])


def purposes(membership: Membership) -> list[Purpose]:
    """The purposes for which the reader's organisation may read, the usual one first."""
    return [p for p in askable(membership) if direction(p) is Direction.TO_INSTITUTION]


def askable(membership: Membership) -> list[Purpose]:
    """The purposes for which it may ask for a consent; telling the platform of a loan is one that opens no file."""
    return list(PURPOSES[OrganisationKind(membership.organisation.kind)])


def state_said(state: ConsentState) -> str:
    """A request waits for the enterprise, which is not the one that reads this."""
    return _("待企业决定") if state is ConsentState.REQUESTED else str(state.label)
