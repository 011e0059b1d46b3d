"""Who may give which role to whom: a table, and the rule that keeps three administrators apart. No Django here."""

from __future__ import annotations

from collections.abc import Collection

from jiahe.accounts.enums import SEPARATED, OrganisationKind, Role
from jiahe.kit.actor import Actor

SYSTEM = Actor.system().role

# By role of the giver, then by kind of the organisation: what they may give. Except for the security
# administrator of the authority it is always their own organisation.
GIVES: dict[str, dict[OrganisationKind, tuple[Role, ...]]] = {
    Role.ENTERPRISE_ADMIN: {OrganisationKind.ENTERPRISE: (Role.ENTERPRISE_ADMIN, Role.ENTERPRISE_MEMBER)},
    Role.HEAD_ADMIN: {
        OrganisationKind.INSTITUTION: (Role.HEAD_ADMIN, Role.BRANCH_ADMIN, Role.ACCOUNT_MANAGER, Role.GRID_MANAGER)
    },
    Role.BRANCH_ADMIN: {OrganisationKind.INSTITUTION: (Role.BRANCH_ADMIN, Role.ACCOUNT_MANAGER, Role.GRID_MANAGER)},
    Role.SECURITY_ADMIN: {
        OrganisationKind.AUTHORITY: (
            Role.DATA_OFFICER,
            Role.SUPERVISOR,
            Role.MODEL_OFFICER,
            Role.SYSTEM_ADMIN,
            Role.SECURITY_ADMIN,
            Role.AUDIT_ADMIN,
        ),
        OrganisationKind.DEPARTMENT: (Role.DEPARTMENT_CLERK,),
        OrganisationKind.INSTITUTION: (Role.HEAD_ADMIN,),
        OrganisationKind.AGENCY: (Role.RATER,),
    },
}
# An organisation without one of these could not go on by itself.
KEEPERS = (Role.HEAD_ADMIN, Role.ENTERPRISE_ADMIN, Role.SECURITY_ADMIN)


def gives(actor: Actor, organisation: str, kind: OrganisationKind) -> tuple[Role, ...]:
    """The roles that the actor may give, change and take away in an organisation."""
    if actor.role == SYSTEM:
        return tuple(Role)
    own = actor.organisation == organisation or actor.role == Role.SECURITY_ADMIN
    return GIVES.get(actor.role, {}).get(kind, ()) if own else ()


def clashes(role: Role, held: Collection[Role]) -> Role | None:
    """A role that a person holds and that does not go together with another one, where one of the two is separated."""
    return next((one for one in held if one != role and (role in SEPARATED or one in SEPARATED)), None)
