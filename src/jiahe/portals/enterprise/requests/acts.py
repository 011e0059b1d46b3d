"""What an enterprise does about a request and its orders, and back to the request with what came of it."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from jiahe.accounts.actor import actor_of, only_for
from jiahe.accounts.enums import ROLES, OrganisationKind
from jiahe.financing.actions import choose, work
from jiahe.financing.actions.complain import complain
from jiahe.financing.actions.evaluate import evaluate
from jiahe.financing.queries import orders
from jiahe.kit.actor import Actor
from jiahe.kit.errors import JiaheError
from jiahe.portals.enterprise.requests.forms import Typed
from jiahe.portals.enterprise.requests.views import show

PEOPLE = ROLES[OrganisationKind.ENTERPRISE]
Act = Callable[[Actor, str, QueryDict], object]


def _evaluate(actor: Actor, number: str, typed: QueryDict) -> object:
    score = typed.get("score", "")
    return evaluate(
        actor=actor,
        number=number,
        score=int(score) if score in {"1", "2", "3", "4", "5"} else 0,
        tags=typed.getlist("tags"),
        text=typed.get("text", ""),
    )


ACTS: dict[str, tuple[Act, Promise]] = {
    "choose": (
        lambda actor, number, _typed: choose.choose(actor=actor, number=number),
        _("已接受方案，机构将与您联系签约。"),
    ),
    "decline": (lambda actor, number, _typed: choose.decline(actor=actor, number=number), _("已谢绝该方案。")),
    "withdraw": (
        lambda actor, number, _typed: choose.withdraw_order(actor=actor, number=number),
        _("已向该机构撤回申请。"),
    ),
    "supply": (
        lambda actor, number, _typed: work.supply(actor=actor, number=number),
        _("已告知机构材料已补充，机构的时限继续计算。"),
    ),
    "evaluate": (_evaluate, _("评价已提交，谢谢您。")),
    "complain": (
        lambda actor, number, typed: complain(actor=actor, number=number, text=typed.get("text", "")),
        _("投诉已提交，主管部门会答复您。"),
    ),
}


@only_for(*PEOPLE)
@require_POST
def on_order(request: HttpRequest, number: str, act: str) -> HttpResponse:
    """One of `ACTS` on an order; what was typed and refused is shown again beside the order."""
    if act not in ACTS:
        raise Http404
    actor = actor_of(request)
    order = orders.one(actor=actor, number=number)
    do, told = ACTS[act]
    try:
        do(actor, number, request.POST)
    except JiaheError as refusal:
        if refusal.status in (403, 404):
            raise
        refused = Typed(number, act, refusal.sentence, request.POST)
        return show(request, order.request.number, refused, refusal.status)
    messages.success(request, str(told))
    return redirect("enterprise:request", order.request.number)


@only_for(*PEOPLE)
@require_POST
def withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """Take the whole request back."""
    try:
        choose.withdraw(actor=actor_of(request), number=number)
    except JiaheError as refusal:
        if refusal.status in (403, 404):
            raise
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, str(_("申请已撤回，相关授权随即结束。")))
    return redirect("enterprise:request", number)
