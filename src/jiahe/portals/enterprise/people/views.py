"""Colleagues who act for the enterprise: the list, an invitation, a change, a suspension."""

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
from jiahe.accounts.enums import Role
from jiahe.accounts.queries import staff
from jiahe.accounts.queries.people import Wanted, invited, people
from jiahe.kit.errors import JiaheError
from jiahe.portals.enterprise.people.forms import InviteForm, RoleForm
from jiahe.web import fields
from jiahe.web.paging import page_of

A_PAGE = 30
BESIDE = {errors.NotAPhone: "phone", errors.AlreadyMember: "phone"}


@only_for(Role.ENTERPRISE_ADMIN)
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    fetch = partial(people, actor=actor, organisation=actor.organisation, wanted=Wanted())
    page = page_of(request, lambda limit, offset: fetch(limit=limit, offset=offset), A_PAGE)
    waiting = invited(actor=actor, organisation=actor.organisation)
    return render(request, "enterprise/people/list.html", {"page": page, "invited": waiting})


@only_for(Role.ENTERPRISE_ADMIN)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    form = InviteForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            said = form.cleaned_data
            guest = Guest(said["name"], said["phone"], Role(said["role"]))
            try:
                invite(actor=actor, organisation=actor.organisation, guest=guest)
            except JiaheError as refused:
                status = fields.refuse(form, refused, BESIDE)
            else:
                messages.success(request, _("邀请已发送，对方开通后出现在名单中。"))
                return redirect("enterprise:people")
    return render(request, "enterprise/people/add.html", {"form": form}, status=status)


@only_for(Role.ENTERPRISE_ADMIN)
@require_http_methods(["GET", "POST"])
def member(request: HttpRequest, number: int) -> HttpResponse:
    actor = actor_of(request)
    found = staff.member(actor=actor, organisation=actor.organisation, number=number)
    form = RoleForm(request.POST or None, initial={"role": found.role})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            role = Role(form.cleaned_data["role"])
            try:
                change_member(actor=actor, organisation=actor.organisation, number=number, role=role, branch="")
            except JiaheError as refused:
                status = fields.refuse(form, refused)
            else:
                messages.success(request, _("角色已更改。"))
                return redirect("enterprise:people")
    return render(request, "enterprise/people/member.html", {"form": form, "member": found}, status=status)


@only_for(Role.ENTERPRISE_ADMIN)
@require_POST
def member_act(request: HttpRequest, number: int) -> HttpResponse:
    return _act(request, number, ON_MEMBER)


@only_for(Role.ENTERPRISE_ADMIN)
@require_POST
def invitation_act(request: HttpRequest, number: int) -> HttpResponse:
    return _act(request, number, ON_INVITATION)


def _act(request: HttpRequest, number: int, acts: Mapping[str, Act]) -> HttpResponse:
    actor = actor_of(request)
    chosen = request.POST.get("do", "")
    messages.success(request, carry_out(acts, chosen, actor=actor, organisation=actor.organisation, number=number))
    return redirect("enterprise:people")
