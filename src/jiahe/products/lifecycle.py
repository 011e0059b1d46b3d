"""How a product comes to the shelf and leaves it: states and steps as a table. No Django here.

A product stands on the shelf with its last approved version. A change is a new version, which goes through approval
while the old one stays where it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class VersionStep(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    REJECTED = "rejected"
    REPLACED = "replaced"


class Shelf(StrEnum):
    NEW = "new"  # no version of it was ever approved
    ON = "on"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"


OPEN = (VersionStep.DRAFT, VersionStep.SUBMITTED)


class Party(StrEnum):
    """In what right somebody acts on a product."""

    INSTITUTION = "institution"  # the head administrator of the institution that offers it
    AUTHORITY = "authority"  # a supervisor of the authority
    SYSTEM = "system"


class Action(StrEnum):
    DRAFT = "draft"
    SUBMIT = "submit"
    APPROVE = "approve"
    REJECT = "reject"
    REPLACE = "replace"
    SUSPEND = "suspend"
    RESUME = "resume"
    WITHDRAW = "withdraw"


@dataclass(frozen=True)
class Transition:
    """Who may; from which to which state a version goes, where the step is one of a version; and the product's shelf.

    `shelf` names every state of the product in which the step is possible, with the one that it leads to.
    """

    who: Party
    shelf: dict[Shelf, Shelf]
    start: tuple[VersionStep, ...] = ()
    end: VersionStep | None = None


_KEPT = {Shelf.NEW: Shelf.NEW, Shelf.ON: Shelf.ON, Shelf.SUSPENDED: Shelf.SUSPENDED}
_LEFT = dict.fromkeys((Shelf.NEW, Shelf.ON, Shelf.SUSPENDED), Shelf.WITHDRAWN)

TRANSITIONS: dict[Action, Transition] = {
    Action.DRAFT: Transition(Party.INSTITUTION, _KEPT, (), VersionStep.DRAFT),
    Action.SUBMIT: Transition(Party.INSTITUTION, _KEPT, (VersionStep.DRAFT,), VersionStep.SUBMITTED),
    Action.APPROVE: Transition(
        Party.AUTHORITY, _KEPT | {Shelf.NEW: Shelf.ON}, (VersionStep.SUBMITTED,), VersionStep.APPROVED
    ),
    Action.REJECT: Transition(Party.AUTHORITY, _KEPT, (VersionStep.SUBMITTED,), VersionStep.REJECTED),
    Action.REPLACE: Transition(Party.SYSTEM, _KEPT, (VersionStep.APPROVED,), VersionStep.REPLACED),
    Action.SUSPEND: Transition(Party.INSTITUTION, {Shelf.ON: Shelf.SUSPENDED}),
    Action.RESUME: Transition(Party.INSTITUTION, {Shelf.SUSPENDED: Shelf.ON}),
    Action.WITHDRAW: Transition(Party.INSTITUTION, _LEFT),
}
