"""My orders: one table, the most urgent first; the same list as a workbook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from jiahe.accounts.actor import actor_of, only_for
from jiahe.accounts.queries import staff
from jiahe.accounts.queries.branches import tree
from jiahe.financing import export
from jiahe.financing.enums import OrderStates, Stages
from jiahe.financing.parties import BANKERS
from jiahe.financing.queries.worklist import LISTS, SORT_NAMES, Line, Wanted, lines, worklist
from jiahe.kit.actor import Actor
from jiahe.portals.bank.orders.team import KEEPERS
from jiahe.web import fields
from jiahe.web.downloads import download
from jiahe.web.paging import Page, page_of
from jiahe.web.partial import is_partial

ORDERS_A_PAGE = 20
LIST_NAMES = {"live": _("在办"), "waiting": _("待受理"), "past": _("已结束")}
INDENT = "　"


class OrderFilter(forms.Form):
    state = fields.choice(_("状态"), [], required=False)
    stage = fields.choice(_("阶段"), [("", _("全部")), *Stages.choices], required=False)
    overdue = fields.choice(_("时限"), [("", _("全部")), ("1", _("已超时"))], required=False)
    manager = fields.choice(_("客户经理"), [], required=False)
    branch = fields.choice(_("网点"), [], required=False)
    sort = fields.choice(_("排序"), list(SORT_NAMES.items()), required=False)

    def __init__(self, data: Mapping[str, object], actor: Actor, shown: str) -> None:
        super().__init__(data)
        self.shown = shown
        states: fields.Choices = [(state.value, OrderStates(state).label) for state in LISTS[shown]]
        self._offer("state", states)
        if actor.role in KEEPERS:
            self._offer("manager", _people(actor))
            self._offer("branch", [(n.branch.code, f"{INDENT * n.depth}{n.branch.name}") for n in tree(actor=actor)])
        else:
            del self.fields["manager"], self.fields["branch"]
        if shown != "live":
            del self.fields["stage"]
        if shown == "past":
            del self.fields["overdue"]
        if shown == "waiting":
            del self.fields["state"]

    def _offer(self, name: str, choices: fields.Choices) -> None:
        self.fields[name].choices = [("", _("全部")), *choices]  # type: ignore[attr-defined]  # a choice field

    @property
    def wanted(self) -> Wanted:
        """What is looked for; what is not in the lists is looked for by nobody."""
        self.is_valid()
        said = {name: value for name, value in self.cleaned_data.items() if value}
        overdue = bool(said.pop("overdue", ""))
        return replace(Wanted(shown=self.shown, overdue=overdue), **said)


def _people(actor: Actor) -> fields.Choices:
    found = staff.members(actor=actor, organisation=actor.organisation).filter(role__in=BANKERS)
    return [(str(one.user_id), one.user.name) for one in found]


@only_for(*BANKERS)
@require_GET
def orders(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    form = _form(request, actor)
    wanted = form.wanted
    found = worklist(actor=actor, wanted=wanted)
    page: Page[Line] = page_of(
        request, lambda limit, offset: lines(actor=actor, orders=found[offset : offset + limit]), ORDERS_A_PAGE
    )
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "tabs": list(LIST_NAMES.items()),
        "shown": form.shown,
        "form": form,
        "page": page,
        "filtered": wanted.any,
        "query": query.urlencode(),
        "with_people": actor.role in KEEPERS,
    }
    template = "bank/orders/rows.html" if is_partial(request) else "bank/orders/list.html"
    return render(request, template, context)


@only_for(*BANKERS)
@require_GET
def export_orders(request: HttpRequest) -> HttpResponse:
    """The list as it is filtered, with the columns that the reader's table has."""
    actor = actor_of(request)
    wanted = _form(request, actor).wanted
    found = lines(actor=actor, orders=worklist(actor=actor, wanted=wanted)[: export.MOST])
    columns = (*export.COLUMNS, *(export.OF_PEOPLE if actor.role in KEEPERS else ()))
    return download(export.export(actor=actor, lines=found, columns=columns, wanted=vars(wanted)), export.file_name())


def _form(request: HttpRequest, actor: Actor) -> OrderFilter:
    shown = request.GET.get("list", "")
    return OrderFilter(request.GET, actor, shown if shown in LISTS else "live")
