"""What the head administrator does to a product: write it, hand it in, take it off the shelf."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from jiahe.accounts.actor import actor_of, only_for
from jiahe.accounts.enums import Role
from jiahe.kit.actor import Actor
from jiahe.kit.errors import JiaheError
from jiahe.portals.bank.products.forms import Filled
from jiahe.products.actions.draft import draft
from jiahe.products.actions.shelve import resume, suspend, withdraw
from jiahe.products.actions.submit import submit
from jiahe.products.errors import EditedMeanwhile, WrongTerms
from jiahe.products.lifecycle import Action
from jiahe.products.models import Product
from jiahe.products.queries.products import one
from jiahe.products.queries.versions import latest
from jiahe.products.stored import terms_of

DONE = {
    Action.SUSPEND: gettext_lazy("产品已暂停。"),
    Action.RESUME: gettext_lazy("产品已恢复。"),
    Action.WITHDRAW: gettext_lazy("产品已下架。"),
}
STEPS = {Action.SUSPEND: suspend, Action.RESUME: resume, Action.WITHDRAW: withdraw}


@only_for(Role.HEAD_ADMIN)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    return _written(request, Filled(request.POST or None), None)


@only_for(Role.HEAD_ADMIN)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, number: str) -> HttpResponse:
    """The open draft, or a new version that begins with the terms of the last one."""
    found = one(actor=actor_of(request), number=number)
    last = latest(found)
    return _written(request, Filled(request.POST or None, terms_of(last)), found, last.mark)


def _written(request: HttpRequest, filled: Filled, product: Product | None, last: str = "") -> HttpResponse:
    status, seen = 200, request.POST.get("seen")
    if request.method == "POST":
        status = 422
        if filled.is_valid():
            number, status = _kept(actor_of(request), filled, product, seen)
            if number:
                messages.success(request, _("草稿已保存，请核对后提交审核。"))
                return redirect("bank:product", number)
    # Whoever was told of another's writing may save over it.
    shown = last if seen is None or status == EditedMeanwhile.status else seen
    context = {"filled": filled, "product": product, "seen": shown}
    return render(request, "bank/products/form.html", context, status=status)


def _kept(actor: Actor, filled: Filled, product: Product | None, seen: str | None) -> tuple[str, int]:
    """The number of the product; empty where the terms were refused, which the form then says, with the status."""
    try:
        number = product.number if product else ""
        return draft(actor=actor, terms=filled.stated(), number=number, seen=seen).product.number, 200
    except WrongTerms as wrong:
        for fault in wrong.faults:
            filled.refuse(fault.field, fault.sentence)
        return "", wrong.status
    except EditedMeanwhile as late:
        filled.refuse("", late.sentence)
        return "", late.status
    except JiaheError as refused:
        filled.refuse("", refused.sentence)
        return "", 422


@only_for(Role.HEAD_ADMIN)
@require_POST
def hand_in(request: HttpRequest, number: str) -> HttpResponse:
    """The version that the page showed."""
    written = request.POST.get("version", "")
    try:
        submit(actor=actor_of(request), number=number, version=int(written) if written.isdecimal() else 0)
    except JiaheError as refused:
        if refused.status in (403, 404):
            raise
        messages.error(request, refused.sentence)
    else:
        messages.success(request, _("已提交主管部门审核，结果会在消息里告知。"))
    return redirect("bank:product", number)


@only_for(Role.HEAD_ADMIN)
@require_POST
def shelf(request: HttpRequest, number: str) -> HttpResponse:
    """Suspend, resume or withdraw, whichever `act` names."""
    wanted = request.POST.get("act", "")
    step = next((one for one in STEPS if one == wanted), None)
    try:
        if step is None:
            one(actor=actor_of(request), number=number)
        else:
            STEPS[step](actor=actor_of(request), number=number)
            messages.success(request, DONE[step])
    except JiaheError as refused:
        if refused.status in (403, 404):
            raise
        messages.error(request, refused.sentence)
    return redirect("bank:product", number)
