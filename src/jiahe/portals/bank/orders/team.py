"""What administrators do about their people's orders: give one to another person, hand over everything, see the figures."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jiahe.accounts.actor import actor_of, only_for
from jiahe.accounts.enums import Role
from jiahe.accounts.queries import staff
from jiahe.financing.actions.reassign import hand_over, reassign
from jiahe.financing.enums import Stages
from jiahe.financing.queries.orders import one, visible_to
from jiahe.financing.queries.statistics import statistics
from jiahe.financing.workflow import LIVE
from jiahe.kit import clock
from jiahe.kit.errors import JiaheError
from jiahe.portals.bank.orders.order import answer, page
from jiahe.portals.bank.orders.takers import TakerForm, takers

KEEPERS = (Role.HEAD_ADMIN, Role.BRANCH_ADMIN)
DAYS = {"30": gettext_lazy("近 30 天"), "90": gettext_lazy("近 90 天"), "365": gettext_lazy("近一年")}


@only_for(*KEEPERS)
@require_POST
def reassign_order(request: HttpRequest, number: str) -> HttpResponse:
    actor = actor_of(request)
    found = one(actor=actor, number=number)
    form = TakerForm(request.POST, takers(actor=actor, besides=found.manager_id))
    if not form.is_valid():
        return page(request, found, taker=form, status=422)
    try:
        reassign(actor=actor, number=number, manager=form.taker)
    except JiaheError as refused:
        if refused.status in (403, 404):
            raise
        form.add_error(None, refused.sentence)
        return page(request, one(actor=actor, number=number), taker=form, status=refused.status)
    return answer(request, number, _("已转交，对方会收到消息。"))


@only_for(*KEEPERS)
@require_http_methods(["GET", "POST"])
def hand_over_orders(request: HttpRequest, number: int) -> HttpResponse:
    """Everything that one person has in hand goes to another."""
    actor = actor_of(request)
    leaving = staff.member(actor=actor, organisation=actor.organisation, number=number)
    form = TakerForm(request.POST or None, takers(actor=actor, besides=leaving.user_id))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            count = hand_over(actor=actor, leaving=leaving.user_id, manager=form.taker)
            messages.success(request, _("已移交 {count} 笔订单。").format(count=count))
            return redirect("bank:orders")
    held = visible_to(actor).filter(manager_id=leaving.user_id, state__in=LIVE)
    context = {"form": form, "member": leaving, "count": held.count()}
    return render(request, "bank/orders/hand_over.html", context, status=status)


@only_for(*KEEPERS)
@require_GET
def statistics_page(request: HttpRequest) -> HttpResponse:
    """The figures of the orders that came in lately, in all, by branch and by person."""
    days = request.GET.get("days", "")
    days = days if days in DAYS else "90"
    since = clock.now() - timedelta(days=int(days))
    context = {
        "figures": statistics(actor=actor_of(request), since=since),
        "stages": Stages.labels,
        "periods": DAYS.items(),
        "days": days,
    }
    return render(request, "bank/orders/statistics.html", context)
