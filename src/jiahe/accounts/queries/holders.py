"""Who is to be told by SMS for an organisation."""

from __future__ import annotations

from typing import Any

from jiahe.accounts.enums import MembershipState, OrganisationState

_QUERY = f"""
SELECT DISTINCT u.id AS user_id, u.phone FROM accounts_membership m
JOIN accounts_user u ON u.id = m.user_id JOIN accounts_organisation o ON o.id = m.organisation_id
WHERE o.code = %s AND o.state <> '{OrganisationState.CLOSED}' AND m.state = '{MembershipState.ACTIVE}'
  AND u.is_active AND u.phone <> '' AND m.role IN """


def holders(organisation: str, roles: tuple[str, ...], user_id: int | None) -> tuple[str, list[Any]]:
    """Asks for people with a phone who act for the organisation in one of the roles; only one of them, where a user is named."""
    query, values = f"{_QUERY}({', '.join(['%s'] * len(roles))})", [organisation, *roles]
    return (query, values) if user_id is None else (f"{query} AND u.id = %s", [*values, user_id])
