"""Who is told by SMS, beside the inbox: a table, and a directory that whoever knows the people has registered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jiahe.kit.statements import Rows, send

# The statement, with its values, that asks for the key and the encrypted phone (`user_id`, `phone`) of those who act for an organisation in one of some roles;
# only of one person, where a user is named.
Directory = Callable[[str, tuple[str, ...], int | None], tuple[str, list[Any]]]

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
    "order.contact_late": _ENTERPRISE,
    "order.escalated": (*_MANAGERS, *_AUTHORITY),
    "order.reassigned": _OWNER,
    "evaluation.invited": _ENTERPRISE,
}
# Whoever wants no SMS but the essential ones is spared these.
NOT_ESSENTIAL = frozenset({"request.received", "pool.matching", "order.claimed", "evaluation.invited"})

_WANTING = "SELECT h.user_id, h.phone FROM "
_NOT_SILENT = " WHERE NOT EXISTS (SELECT 1 FROM notify_silence s WHERE s.user_id = h.user_id)"
_directories: list[Directory] = []


def register(directory: Directory) -> None:
    """Say once, when the applications are ready, who knows the people."""
    _directories[:] = [directory]


def holders(organisation: str, template: str, user_id: int | None) -> Rows:
    """Asks who gets an SMS of this template: people of the roles in the table, or the one who is told."""
    if template not in SMS_TO or not _directories:
        return list
    query, values = _directories[0](organisation, SMS_TO[template], user_id)
    return send(f"{_WANTING}({query}) h{_NOT_SILENT}" if template in NOT_ESSENTIAL else query, values)
