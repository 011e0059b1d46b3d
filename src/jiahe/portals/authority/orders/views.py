"""Every order by stage and time left, every request with its marks, and the hand that sends one to an institution."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from jiahe.accounts.actor import actor_of, only_for
from jiahe.accounts.enums import OrganisationKind, Role
from jiahe.accounts.models import Organisation
from jiahe.financing import export
from jiahe.financing.actions.hand_out import dispatch
from jiahe.financing.card import order_card, order_cards, request_card
from jiahe.financing.enums import RequestStates, Stages
from jiahe.financing.models import FinancingRequest
from jiahe.financing.queries import orders as order_queries
from jiahe.financing.queries import requests as request_queries
from jiahe.financing.queries.flags import flags_of
from jiahe.financing.queries.open_to import open_to
from jiahe.financing.queries.supervision import stage_counts
from jiahe.financing.queries.worklist import SORT_NAMES, Line, Wanted, lines, worklist
from jiahe.financing.workflow import RequestAction
from jiahe.kit.errors import JiaheError
from jiahe.portals.authority.orders.lines import RequestLine, request_lines
from jiahe.web.downloads import download
from jiahe.web.paging import Page, page_of

A_PAGE = 20


class OrderFilter(forms.Form):
    """What is looked for; anything else in the address is left aside."""

    stage = forms.ChoiceField(required=False, choices=Stages.choices)
    overdue = forms.BooleanField(required=False)
    institution = forms.ModelChoiceField(
        label=gettext_lazy("机构"),
        required=False,
        to_field_name="code",
        empty_label=gettext_lazy("全部机构"),
        queryset=Organisation.objects.filter(kind=OrganisationKind.INSTITUTION).order_by("name"),
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    sort = forms.ChoiceField(
        label=gettext_lazy("排序"),
        required=False,
        choices=list(SORT_NAMES.items()),
        widget=forms.Select(attrs={"class": "form-select"}),
    )

    @property
    def wanted(self) -> Wanted:
        self.is_valid()
        kept = self.cleaned_data
        institution = kept.get("institution")
        return Wanted(
            stage=kept.get("stage") or "",
            overdue=bool(kept.get("overdue")),
            institution=institution.code if institution else "",
            sort=kept.get("sort") or "due",
        )


@only_for(Role.SUPERVISOR)
@require_GET
def orders(request: HttpRequest) -> HttpResponse:
    """The live orders, those that are due first at the top; by stage, institution, or overdue alone."""
    form, actor = OrderFilter(request.GET), actor_of(request)
    wanted = form.wanted
    found = worklist(actor=actor, wanted=wanted)
    page: Page[Line] = page_of(
        request, lambda limit, offset: lines(actor=actor, orders=found[offset : offset + limit]), A_PAGE
    )
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "form": form,
        "wanted": wanted,
        "counts": stage_counts(worklist(actor=actor, wanted=Wanted(institution=wanted.institution))),
        "page": page,
        "query": query.urlencode(),
    }
    return render(request, "authority/orders/orders.html", context)


@only_for(Role.SUPERVISOR)
@require_GET
def export_orders(request: HttpRequest) -> HttpResponse:
    """The list as it is filtered, of all institutions and their people."""
    actor, wanted = actor_of(request), OrderFilter(request.GET).wanted
    found = lines(actor=actor, orders=worklist(actor=actor, wanted=wanted)[: export.MOST])
    columns = (*export.COLUMNS, export.INSTITUTION, *export.OF_PEOPLE)
    return download(export.export(actor=actor, lines=found, columns=columns, wanted=vars(wanted)), export.file_name())


@only_for(Role.SUPERVISOR)
@require_GET
def order(request: HttpRequest, number: str) -> HttpResponse:
    actor = actor_of(request)
    found = order_queries.one(actor=actor, number=number)
    return render(request, "authority/orders/order.html", {"card": order_card(actor, found)})


@only_for(Role.SUPERVISOR)
@require_GET
def requests(request: HttpRequest) -> HttpResponse:
    """Requests, the newest first; `?state=` shows one state."""
    actor, state = actor_of(request), request.GET.get("state", "open")
    states = [(value, label) for value, label in RequestStates.choices if value != RequestStates.DRAFT]
    shown = state if state in dict(states) else "open"
    found = request_queries.visible_to(actor).filter(state=shown).order_by("-submitted_at", "-pk")
    page: Page[RequestLine] = page_of(
        request, lambda limit, offset: request_lines(found[offset : offset + limit]), A_PAGE
    )
    return render(request, "authority/orders/requests.html", {"states": states, "shown": shown, "page": page})


@only_for(Role.SUPERVISOR)
@require_GET
def one_request(request: HttpRequest, number: str) -> HttpResponse:
    return _one(request, request_queries.one(actor=actor_of(request), number=number))


@only_for(Role.SUPERVISOR)
@require_POST
def send(request: HttpRequest, number: str) -> HttpResponseRedirect:
    """Hand the request to one of the institutions that the enterprise named."""
    try:
        made = dispatch(actor=actor_of(request), number=number, institution=request.POST.get("institution", ""))
    except JiaheError as refusal:
        if refusal.status == 404:
            raise
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("已派给{institution}，对方会收到消息。").format(institution=made.institution.name))
    return redirect("authority:request", number)


def _one(request: HttpRequest, found: FinancingRequest) -> HttpResponse:
    actor = actor_of(request)
    own = order_queries.visible_to(actor).filter(request=found)
    card = request_card(actor, found, order_cards(actor, list(own)))
    context = {
        "card": card,
        "line": request_lines([found])[0],
        "flags": flags_of([found])[found.pk],
        "institutions": open_to(found) if RequestAction.DISPATCH in card.may else [],
    }
    return render(request, "authority/orders/request.html", context)
