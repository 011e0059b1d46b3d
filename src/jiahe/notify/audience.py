"""Who is told by SMS, beside the inbox: a table, and a directory that whoever knows the people has registered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Holder:
    """Somebody who acts for an organisation and has a phone."""

    user_id: int
    phone: str


# Those who act for an organisation in one of some roles; only one person, where a user is named.
Directory = Callable[[str, tuple[str, ...], int | None], list[Holder]]

_ENTERPRISE = ("enterprise_admin",)
_MANAGERS = ("head_admin", "branch_admin")
_OWNER = (*_MANAGERS, "account_manager", "grid_manager")
_AUTHORITY = ("supervisor",)

# Which roles of the organisation that is told get an SMS as well. A template that is not here stays in the inbox.
SMS_TO: dict[str, tuple[str, ...]] = {
    "request.received": _ENTERPRISE,
    "request.expired": _ENTERPRISE,
    "pool.matching": _MANAGERS,
    "order.claimed": _ENTERPRISE,
    "order.accepted": _ENTERPRISE,
    "order.more_wanted": _ENTERPRISE,
    "order.supplied": _OWNER,
    "order.offered": _ENTERPRISE,
    "order.approved": _OWNER,
    "order.disbursed": _ENTERPRISE,
    "order.refused": _ENTERPRISE,
    "order.returned": _ENTERPRISE,
    "order.half_time": _OWNER,
    "order.full_time": _OWNER,
    "order.answer_awaited": _ENTERPRISE,
    "order.escalated": (*_MANAGERS, *_AUTHORITY),
    "order.reassigned": _OWNER,
    "evaluation.invited": _ENTERPRISE,
}
# Whoever wants no SMS but the essential ones is spared these.
NOT_ESSENTIAL = frozenset({"request.received", "pool.matching", "order.claimed", "evaluation.invited"})

_directories: list[Directory] = []


def register(directory: Directory) -> None:
    """Say once, when the applications are ready, who knows the people."""
    _directories[:] = [directory]


def holders(organisation: str, template: str, user_id: int | None) -> list[Holder]:
    """Who gets an SMS of this template: people of the roles in the table, or the one who is told."""
    roles = SMS_TO.get(template, ())
    return [one for directory in _directories for one in directory(organisation, roles, user_id)] if roles else []
