"""From the site's address to the portal of whoever is signed in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect

from jiahe.accounts.actor import membership_of
from jiahe.accounts.enums import OrganisationKind

HOMES = {
    OrganisationKind.AUTHORITY: "authority:home",
    OrganisationKind.DEPARTMENT: "department:home",
    OrganisationKind.INSTITUTION: "bank:home",
    OrganisationKind.ENTERPRISE: "enterprise:home",
    OrganisationKind.AGENCY: "bank:home",
}


def start(request: HttpRequest) -> HttpResponseRedirect:
    return redirect(HOMES[OrganisationKind(membership_of(request).organisation.kind)])
