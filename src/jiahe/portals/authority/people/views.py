"""People of the authority and of the organisations that it opens."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jiahe.accounts import errors
from jiahe.accounts.actions.change_member import change_member
from jiahe.accounts.actions.invite import Guest, invite
from jiahe.accounts.actor import actor_of, only_for
from jiahe.accounts.acts import ON_INVITATION, ON_MEMBER, Act, carry_out
from jiahe.accounts.enums import OrganisationKind, Role
from jiahe.accounts.queries import staff
from jiahe.accounts.queries.people import Wanted, invited, people
from jiahe.kit.errors import JiaheError
from jiahe.portals.authority.people.forms import FilingForm, InviteForm, RoleForm
from jiahe.web import fields
from jiahe.web.paging import page_of

A_PAGE = 30
BESIDE = {
    errors.NotAPhone: "phone",
    errors.AlreadyMember: "phone",
    errors.Separated: "role",
    errors.RoleNotYours: "role",
}


@only_for(Role.SECURITY_ADMIN)
@require_GET
def organisation(request: HttpRequest, code: str) -> HttpResponse:
    """One organisation: what it is, its people, and who is invited."""
    actor = actor_of(request)
    found = staff.keeps(actor=actor, organisation=code)
    fetch = partial(people, actor=actor, organisation=found.code, wanted=Wanted())
    page = page_of(request, lambda limit, offset: fetch(limit=limit, offset=offset), A_PAGE)
    filing = None
    if found.kind == OrganisationKind.AGENCY:
        filing = FilingForm(initial={"filing_number": found.filing_number, "filed_until": found.filed_until})
    waiting = invited(actor=actor, organisation=found.code)
    with_branches = found.kind == OrganisationKind.INSTITUTION
    context = {
        "organisation": found,
        "page": page,
        "invited": waiting,
        "filing": filing,
        "with_branches": with_branches,
    }
    return render(request, "authority/people/organisation.html", context)


@only_for(Role.SECURITY_ADMIN)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, code: str) -> HttpResponse:
    """Invite somebody into an organisation."""
    actor = actor_of(request)
    found = staff.keeps(actor=actor, organisation=code)
    form = InviteForm(request.POST or None, actor, found)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            said = form.cleaned_data
            guest = Guest(said["name"], said["phone"], Role(said["role"]))
            try:
                invite(actor=actor, organisation=found.code, guest=guest)
            except JiaheError as refused:
                status = fields.refuse(form, refused, BESIDE)
            else:
                messages.success(request, _("邀请已发送，对方开通后出现在名单中。"))
                return redirect("authority:organisation", found.code)
    return render(request, "authority/people/invite.html", {"form": form, "organisation": found}, status=status)


@only_for(Role.SECURITY_ADMIN)
@require_http_methods(["GET", "POST"])
def member(request: HttpRequest, code: str, number: int) -> HttpResponse:
    actor = actor_of(request)
    found = staff.member(actor=actor, organisation=code, number=number)
    form = RoleForm(request.POST or None, actor, found.organisation, initial={"role": found.role})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            role = Role(form.cleaned_data["role"])
            try:
                change_member(actor=actor, organisation=code, number=number, role=role, branch="")
            except JiaheError as refused:
                status = fields.refuse(form, refused, BESIDE)
            else:
                messages.success(request, _("角色已更改。"))
                return redirect("authority:organisation", code)
    return render(request, "authority/people/member.html", {"form": form, "member": found}, status=status)


@only_for(Role.SECURITY_ADMIN)
@require_POST
def member_act(request: HttpRequest, code: str, number: int) -> HttpResponse:
    return _act(request, code, number, ON_MEMBER)


@only_for(Role.SECURITY_ADMIN)
@require_POST
def invitation_act(request: HttpRequest, code: str, number: int) -> HttpResponse:
    return _act(request, code, number, ON_INVITATION)


def _act(request: HttpRequest, code: str, number: int, acts: Mapping[str, Act]) -> HttpResponse:
    chosen = request.POST.get("do", "")
    done = carry_out(acts, chosen, actor=actor_of(request), organisation=code, number=number)
    messages.success(request, done)
    return redirect("authority:organisation", code)
