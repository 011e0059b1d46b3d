"""What waits for the reader, and where to go."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from jiahe.accounts.actor import only_for
from jiahe.accounts.enums import ROLES, OrganisationKind


@only_for(*ROLES[OrganisationKind.DEPARTMENT])
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "department/home.html")
