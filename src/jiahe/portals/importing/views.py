"""Institutions, branches and people from a workbook: the template, the import, the report of what was refused."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from jiahe.accounts import workbook
from jiahe.accounts.actions.import_people import import_people
from jiahe.accounts.actor import actor_of, only_for
from jiahe.accounts.enums import Role
from jiahe.kit.errors import JiaheError
from jiahe.web import fields
from jiahe.web.downloads import download
from jiahe.web.uploads import WorkbookForm

PEOPLE = (Role.SECURITY_ADMIN, Role.HEAD_ADMIN, Role.BRANCH_ADMIN)
SHOWN = 50


@only_for(*PEOPLE)
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Imported, then what was refused: on the page, or as a workbook to correct."""
    form = WorkbookForm(request.POST or None, request.FILES or None)
    outcome, status = None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                with form.stored() as file:
                    outcome, status = import_people(actor=actor_of(request), file=file), 200
            except JiaheError as refused:
                status = fields.refuse(form, refused)
    if outcome and outcome.refused and "report" in request.POST:
        return download(workbook.report(outcome.refused), "refused.xlsx")
    context = {"form": form, "outcome": outcome, "refused": outcome.refused[:SHOWN] if outcome else []}
    return render(request, "importing/page.html", context, status=status)


@only_for(*PEOPLE)
@require_GET
def template(_request: HttpRequest) -> HttpResponse:
    return download(workbook.template(), "people.xlsx")
