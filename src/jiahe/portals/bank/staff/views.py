"""People of the institution: the list, an invitation, a change, a suspension."""

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
from jiahe.accounts.enums import MembershipState, Role
from jiahe.accounts.queries import staff
from jiahe.accounts.queries.people import invited, people
from jiahe.financing.queries import orders
from jiahe.financing.workflow import LIVE
from jiahe.kit.actor import Actor
from jiahe.kit.errors import JiaheError
from jiahe.portals.bank.staff.forms import Filter, InviteForm, Place
from jiahe.web import fields
from jiahe.web.paging import page_of

A_PAGE = 30
KEEPERS = (Role.HEAD_ADMIN, Role.BRANCH_ADMIN)
BESIDE = {
    errors.NotAPhone: "phone",
    errors.AlreadyMember: "phone",
    errors.NotALogin: "login",
    errors.LoginTaken: "login",
    errors.RoleNotYours: "role",
    errors.BranchNeeded: "branch",
    errors.NoSuchBranch: "branch",
}


@only_for(*KEEPERS)
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    form = Filter(request.GET, actor)
    wanted = form.wanted
    fetch = partial(people, actor=actor, organisation=actor.organisation, wanted=wanted)
    page = page_of(request, lambda limit, offset: fetch(limit=limit, offset=offset), A_PAGE)
    waiting = invited(actor=actor, organisation=actor.organisation)
    query = request.GET.copy()
    query.pop("page", None)
    context = {"form": form, "page": page, "invited": waiting, "filtered": wanted.any, "query": query.urlencode()}
    return render(request, "bank/staff/list.html", context)


@only_for(*KEEPERS)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    form = InviteForm(request.POST or None, actor)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            said = form.cleaned_data
            guest = Guest(said["name"], said["phone"], Role(said["role"]), said["branch"], said["login"])
            try:
                invite(actor=actor, organisation=actor.organisation, guest=guest)
            except JiaheError as refused:
                status = fields.refuse(form, refused, BESIDE)
            else:
                messages.success(request, _("邀请已发送，对方开通后出现在名单中。"))
                return redirect("bank:staff")
    return render(request, "bank/staff/add.html", {"form": form}, status=status)


@only_for(*KEEPERS)
@require_http_methods(["GET", "POST"])
def member(request: HttpRequest, number: int) -> HttpResponse:
    """One person: role and branch, and the ways to suspend them."""
    actor = actor_of(request)
    found = staff.member(actor=actor, organisation=actor.organisation, number=number)
    now = {"role": found.role, "branch": found.branch.code if found.branch else ""}
    form = Place(request.POST or None, actor, initial=now)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                change_member(
                    actor=actor,
                    organisation=actor.organisation,
                    number=number,
                    role=Role(form.cleaned_data["role"]),
                    branch=form.cleaned_data["branch"],
                )
            except JiaheError as refused:
                status = fields.refuse(form, refused, BESIDE)
            else:
                messages.success(request, _("已改为新的角色和网点。"))
                return redirect("bank:staff")
    context = {"form": form, "member": found, "held": _held(actor, found.user_id)}
    return render(request, "bank/staff/member.html", context, status=status)


def _held(actor: Actor, user: int) -> int:
    """How many orders a person has in hand."""
    return orders.visible_to(actor).filter(manager_id=user, state__in=LIVE).count()


@only_for(*KEEPERS)
@require_POST
def member_act(request: HttpRequest, number: int) -> HttpResponse:
    """Whoever is suspended with orders in hand has them handed over next."""
    answer = _act(request, number, ON_MEMBER)
    actor = actor_of(request)
    found = staff.member(actor=actor, organisation=actor.organisation, number=number)
    if found.state == MembershipState.FROZEN and _held(actor, found.user_id):
        return redirect("bank:orders_hand_over", number)
    return answer


@only_for(*KEEPERS)
@require_POST
def invitation_act(request: HttpRequest, number: int) -> HttpResponse:
    return _act(request, number, ON_INVITATION)


def _act(request: HttpRequest, number: int, acts: Mapping[str, Act]) -> HttpResponse:
    actor = actor_of(request)
    chosen = request.POST.get("do", "")
    messages.success(request, carry_out(acts, chosen, actor=actor, organisation=actor.organisation, number=number))
    return redirect("bank:staff")
