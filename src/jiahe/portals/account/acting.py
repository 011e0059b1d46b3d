"""For whom one acts: chosen after sign-in by whoever has the choice, changed from the head of every page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from jiahe.accounts.actor import act_under, memberships
from jiahe.accounts.debts import Debt, settles
from jiahe.accounts.errors import NoMembership
from jiahe.portals.account.page import reader, show
from jiahe.web.goal import goal


@settles(Debt.CHOICE)
@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        wanted = request.POST.get("membership", "")
        if not wanted.isdecimal():
            raise NoMembership
        act_under(request, int(wanted[:18]))
        return redirect(goal(request, "/"))
    context = {"owing": True, "acting_for": memberships(reader(request)), "next": goal(request, "/")}
    return show(request, "choice", context)
