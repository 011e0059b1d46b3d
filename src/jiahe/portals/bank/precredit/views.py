"""The institution's pre-credit rule: the one in force, the draft, and those that were."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jiahe.accounts.actor import actor_of, only_for
from jiahe.accounts.enums import ROLES, OrganisationKind, Role
from jiahe.financing.precredit.actions.rule import draft, end, publish
from jiahe.financing.precredit.enums import RuleState
from jiahe.financing.precredit.errors import WrongRule
from jiahe.financing.precredit.models import LimitRule
from jiahe.financing.precredit.queries.rules import lendable, one, own
from jiahe.kit.errors import JiaheError
from jiahe.portals.bank.precredit.forms import RuleForm
from jiahe.scoring.points import words
from jiahe.scoring.points.queries.versions import in_force

PEOPLE = ROLES[OrganisationKind.INSTITUTION]
ACTS = {
    "publish": (publish, gettext_lazy("规则已发布，企业即时看到按新规则计算的额度。")),
    "end": (end, gettext_lazy("规则已停用，企业不再看到本机构的额度。")),
}


@only_for(*PEOPLE)
@require_GET
def rules(request: HttpRequest) -> HttpResponse:
    found = list(own(actor_of(request)).prefetch_related("products__current"))
    shown = [rule for rule in found if rule.state in (RuleState.DRAFT, RuleState.PUBLISHED)]
    context = {
        "shown": [(rule, words.name(rule.base), _steps(rule)) for rule in shown],
        "rules": found,
        "taking_part": any(rule.state == RuleState.PUBLISHED for rule in found),
        "system": in_force(),
    }
    return render(request, "bank/precredit/rules.html", context)


def _steps(rule: LimitRule) -> list[tuple[int, float]]:
    return [(points, share / 10_000) for points, share in rule.steps]


@only_for(Role.HEAD_ADMIN)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest) -> HttpResponse:
    """The draft; where there is none it begins with the version named by `from`, or the one in force."""
    actor = actor_of(request)
    wanted = request.GET.get("from", "")
    begun = own(actor).filter(state__in=(RuleState.DRAFT, RuleState.PUBLISHED)).first()
    rule = one(actor=actor, number=int(wanted)) if wanted.isdecimal() else begun
    form = RuleForm(request.POST or None, lendable(actor.organisation), rule)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                draft(actor=actor, stated=form.stated())
            except WrongRule as wrong:
                for fault in wrong.faults:
                    form.add_error(None, fault)
            except JiaheError as refused:
                form.add_error(None, refused.sentence)
                status = refused.status
            else:
                messages.success(request, _("草稿已保存，请核对后发布。"))
                return redirect("bank:precredit")
    return render(request, "bank/precredit/form.html", {"form": form, "system": in_force()}, status=status)


@only_for(Role.HEAD_ADMIN)
@require_POST
def act(request: HttpRequest, number: int, act: str) -> HttpResponse:
    """Publish a draft, or end the rule in force."""
    if act not in ACTS:
        raise Http404
    do, told = ACTS[act]
    try:
        do(actor=actor_of(request), number=number)
    except JiaheError as refused:
        if refused.status in (403, 404):
            raise
        messages.error(request, refused.sentence)
    else:
        messages.success(request, str(told))
    return redirect("bank:precredit")
