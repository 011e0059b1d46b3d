"""Branches of the institution as a tree: the list, a new one, a change, the end of one."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jiahe.accounts import errors
from jiahe.accounts.actions.keep_branch import Described, change_branch, close_branch, open_branch
from jiahe.accounts.actions.set_hotline import set_hotline
from jiahe.accounts.actor import actor_of, membership_of, only_for
from jiahe.accounts.enums import MembershipState, Role
from jiahe.accounts.models import Branch
from jiahe.accounts.queries.branches import below, tree
from jiahe.kit.actor import Actor
from jiahe.kit.errors import JiaheError
from jiahe.portals.bank.staff.forms import BranchForm, HotlineForm
from jiahe.web import fields

KEEPERS = (Role.HEAD_ADMIN, Role.BRANCH_ADMIN)
BESIDE = {errors.BranchTaken: "code", errors.BranchInItself: "parent", errors.NoSuchBranch: "parent"}


@only_for(*KEEPERS)
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    nodes = tree(actor=actor)
    active = Count("memberships", filter=Q(memberships__state=MembershipState.ACTIVE))
    kept = Branch.objects.filter(pk__in=[node.branch.pk for node in nodes]).annotate(people=active)
    people = dict(kept.values_list("pk", "people"))
    rows = [{"branch": n.branch, "deep": range(n.depth), "people": people[n.branch.pk]} for n in nodes]
    return render(
        request, "bank/staff/branches.html", {"rows": rows, "own": actor.branch, "head": actor.role == Role.HEAD_ADMIN}
    )


@only_for(*KEEPERS)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    form = BranchForm(request.POST or None, actor, initial={"parent": request.GET.get("below", "")})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            said = form.cleaned_data
            described = Described(name=said["name"], parent=said["parent"])
            try:
                open_branch(actor=actor, organisation=actor.organisation, code=said["code"], described=described)
            except JiaheError as refused:
                status = fields.refuse(form, refused, BESIDE)
            else:
                messages.success(request, _("网点已建立。"))
                return redirect("bank:branches")
    return render(request, "bank/staff/branch.html", {"form": form}, status=status)


@only_for(*KEEPERS)
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    found = _branch(actor, code)
    now = {"name": found.name, "parent": found.parent.code if found.parent else ""}
    form = BranchForm(request.POST or None, actor, existing=True, initial=now)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            described = Described(name=form.cleaned_data["name"], parent=form.cleaned_data["parent"], area=found.area)
            try:
                change_branch(actor=actor, organisation=actor.organisation, code=code, described=described)
            except JiaheError as refused:
                status = fields.refuse(form, refused, BESIDE)
            else:
                messages.success(request, _("网点已更改。"))
                return redirect("bank:branches")
    return render(request, "bank/staff/branch.html", {"form": form, "branch": found}, status=status)


@only_for(Role.HEAD_ADMIN)
@require_http_methods(["GET", "POST"])
def hotline(request: HttpRequest) -> HttpResponse:
    membership = membership_of(request)
    form = HotlineForm(request.POST or None, initial={"hotline": membership.organisation.hotline})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                set_hotline(actor=actor_of(request), hotline=form.cleaned_data["hotline"])
            except JiaheError as refused:
                status = fields.refuse(form, refused, {errors.NotAHotline: "hotline"})
            else:
                messages.success(request, _("服务热线已更改。"))
                return redirect("bank:branches")
    return render(request, "bank/staff/hotline.html", {"form": form}, status=status)


@only_for(*KEEPERS)
@require_POST
def close(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    close_branch(actor=actor, organisation=actor.organisation, code=code)
    messages.success(request, _("网点已停用。"))
    return redirect("bank:branches")


def _branch(actor: Actor, code: str) -> Branch:
    """One of those that the actor keeps; `NoSuchBranch` for any other."""
    top = actor.branch if actor.role == Role.BRANCH_ADMIN else None
    found = next((node.branch for node in below(actor.organisation, top) if node.branch.code == code), None)
    if found is None:
        raise errors.NoSuchBranch
    return found
