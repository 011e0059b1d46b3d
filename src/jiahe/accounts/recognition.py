"""Who a session belongs to, and whom they may act for now: one statement, because every request waits for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.backends import ModelBackend

from jiahe.accounts.models import Branch, Membership, Organisation, User
from jiahe.kit import clock
from jiahe.kit.statements import columns, instance, send

# As `actor.memberships` says it.
_QUERY = f"""
SELECT {columns(User, "u")}, {columns(Membership, "m")}, {columns(Organisation, "o")}, {columns(Branch, "b")}
FROM accounts_user u
LEFT JOIN (accounts_membership m JOIN accounts_organisation o ON o.id = m.organisation_id AND o.state <> 'closed'
  AND NOT (o.kind = 'agency' AND o.filed_until < %s)) ON m.user_id = u.id AND m.state = 'active'
LEFT JOIN accounts_branch b ON b.id = m.branch_id
WHERE u.id = %s ORDER BY m.since, m.id"""
_SIZES = [len(model._meta.concrete_fields) for model in (User, Membership, Organisation, Branch)]


class Recognition(ModelBackend):
    def get_user(self, user_id: int) -> User | None:
        """The person, with the memberships they may act under now; None for nobody and for a closed account."""
        found = [_parts(row) for row in send(_QUERY, [clock.today(), user_id])()]
        if not found:
            return None
        user = instance(User, found[0][0])
        user.acting_under = [_membership(user, *parts) for _, *parts in found if parts[0][0] is not None]
        return user if self.user_can_authenticate(user) else None


def _parts(row: Sequence[Any]) -> list[Sequence[Any]]:
    """The columns of person, membership, organisation and branch."""
    parts, start = [], 0
    for size in _SIZES:
        parts.append(row[start : start + size])
        start += size
    return parts


def _membership(user: User, own: Sequence[Any], organisation: Sequence[Any], branch: Sequence[Any]) -> Membership:
    found = instance(Membership, own)
    found.user = user
    found.organisation = instance(Organisation, organisation)
    found.branch = instance(Branch, branch) if branch[0] is not None else None
    return found
