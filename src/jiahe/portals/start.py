"""From the site's address to the portal of whoever is signed in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect

from jiahe.accounts.actor import membership_of
from jiahe.accounts.enums import OrganisationKind, Role

HOMES = {
    OrganisationKind.AUTHORITY: "authority:home",
    OrganisationKind.DEPARTMENT: "department:home",
    OrganisationKind.INSTITUTION: "bank:home",
    OrganisationKind.ENTERPRISE: "enterprise:home",
    OrganisationKind.AGENCY: "bank:home",
}


# Where the home of a kind of organisation is not for a role of it.
HOMES_OF_ROLES = {
    Role.SUPERVISOR: "authority:orders",
    Role.MODEL_OFFICER: "authority:models",
    Role.SECURITY_ADMIN: "authority:organisations",
    Role.AUDIT_ADMIN: "authority:journal",
    Role.SYSTEM_ADMIN: "personal:messages",
}


def start(request: HttpRequest) -> HttpResponseRedirect:
    membership = membership_of(request)
    own = HOMES_OF_ROLES.get(Role(membership.role))
    return redirect(own or HOMES[OrganisationKind(membership.organisation.kind)])
