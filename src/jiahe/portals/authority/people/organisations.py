"""Organisations: the list, and new ones with their first person."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jiahe.accounts import errors
from jiahe.accounts.actions.invite import Guest
from jiahe.accounts.actions.open_organisation import FIRST, open_organisation, renew_filing
from jiahe.accounts.actor import actor_of, only_for
from jiahe.accounts.enums import OrganisationKind, Role
from jiahe.accounts.models import Organisation
from jiahe.accounts.queries.organisations import organisations
from jiahe.catalogue import load
from jiahe.kit.actor import Actor
from jiahe.kit.errors import JiaheError
from jiahe.portals.authority.people.forms import FORMS, KINDS, AgencyForm, FilingForm, Filter, FirstForm
from jiahe.web import fields
from jiahe.web.paging import page_of

A_PAGE = 30
BESIDE = {
    errors.OrganisationTaken: "code",
    errors.NotADepartment: "code",
    errors.NotFiled: "filed_until",
    errors.NotAPhone: "phone",
    errors.AlreadyMember: "phone",
}


@only_for(Role.SECURITY_ADMIN)
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    form = Filter(request.GET)
    found = organisations(actor=actor_of(request), kind=form.value("kind"), text=form.value("text"))
    page = page_of(request, lambda limit, offset: list(found[offset : offset + limit]), A_PAGE)
    query = request.GET.copy()
    query.pop("page", None)
    context = {"form": form, "page": page, "kinds": KINDS, "query": query.urlencode()}
    return render(request, "authority/people/organisations.html", context)


@only_for(Role.SECURITY_ADMIN)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, kind: str) -> HttpResponse:
    if kind not in FORMS:
        raise Http404
    chosen = OrganisationKind(kind)
    form = FORMS[chosen](request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                opened = _open(actor_of(request), chosen, form)
            except JiaheError as refused:
                status = fields.refuse(form, refused, BESIDE)
            else:
                messages.success(request, _("“{name}”已建立，邀请已发送。").format(name=opened.name))
                return redirect("authority:organisation", opened.code)
    context = {"form": form, "kind": chosen, "first": FIRST[chosen].label}
    return render(request, "authority/people/add.html", context, status=status)


def _open(actor: Actor, kind: OrganisationKind, form: FirstForm) -> Organisation:
    said = form.cleaned_data
    departments = {d.code: d.name.zh for d in load().departments}
    return open_organisation(
        actor=actor,
        kind=kind,
        code=said["code"],
        name=said.get("name") or departments.get(said["code"], said["code"]),
        first=Guest(said["first_name"], said["phone"], FIRST[kind]),
        filing=form.filing if isinstance(form, AgencyForm) else None,
    )


@only_for(Role.SECURITY_ADMIN)
@require_POST
def filing(request: HttpRequest, code: str) -> HttpResponse:
    """Another filing of a rating agency."""
    form = FilingForm(request.POST)
    if not form.is_valid():
        raise errors.NotFiled
    renew_filing(actor=actor_of(request), organisation=code, filing=form.filing)
    messages.success(request, _("备案已更新。"))
    return redirect("authority:organisation", code)
