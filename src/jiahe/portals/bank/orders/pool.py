"""The pool: what may be grabbed, as far as the enterprise previewed it, and the grab itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from jiahe.accounts.actor import actor_of, only_for
from jiahe.catalogue import names
from jiahe.consent.enums import Purpose
from jiahe.financing.actions.claim import claim
from jiahe.financing.enums import LoanPurpose
from jiahe.financing.models import Order
from jiahe.financing.parties import BANKERS
from jiahe.financing.queries.pool import PoolCard, cards, pool
from jiahe.financing.queries.pool_choice import AMOUNTS, SORTS, PoolChoice, chosen, places
from jiahe.financing.time_left import TimeLeft, time_left
from jiahe.financing.workflow import Limit
from jiahe.kit.actor import Actor
from jiahe.kit.errors import JiaheError
from jiahe.portals.bank.orders.forms import IndicationForm
from jiahe.products.enums import EnterpriseSize, GuaranteeKind
from jiahe.web import fields
from jiahe.web.paging import Page, page_of
from jiahe.web.partial import is_partial

CARDS_A_PAGE = 20
AMOUNT_NAMES = {
    "small": _("100 万元以下"),
    "middle": _("100 至 300 万元"),
    "large": _("300 至 1000 万元"),
    "largest": _("1000 万元以上"),
}
SORT_NAMES = {
    "closing": _("最先截止"),
    "amount": _("金额从大到小"),
    "least": _("金额从小到大"),
    "term": _("期限从短到长"),
}


class PoolFilter(forms.Form):
    amount = fields.choice(
        _("金额"), [("", _("不限")), *((code, AMOUNT_NAMES[code]) for code in AMOUNTS)], required=False
    )
    county = fields.choice(_("区县"), [], required=False)
    industry = fields.choice(_("行业"), [], required=False)
    guarantee = fields.choice(_("担保方式"), [("", _("不限")), *GuaranteeKind.choices], required=False)
    sort = fields.choice(_("排序"), [(code, SORT_NAMES[code]) for code in SORTS], required=False)

    def __init__(self, data: Mapping[str, object], counties: list[str], industries: list[str]) -> None:
        super().__init__(data)
        self.fields["county"].choices = _any([(code, names.county(code)) for code in counties])  # type: ignore[attr-defined]  # a choice field
        self.fields["industry"].choices = _any([(code, names.industry(code)) for code in industries])  # type: ignore[attr-defined]

    @property
    def choice(self) -> PoolChoice:
        """What is looked for; what is not in the lists is looked for by nobody."""
        self.is_valid()
        said = {name: str(value) for name, value in self.cleaned_data.items() if value}
        return PoolChoice(**said)


def _any(choices: list[tuple[str, str]]) -> fields.Choices:
    return [("", _("不限")), *choices]


@dataclass(frozen=True)
class Shown:
    """A card in words, and the form to grab it."""

    card: PoolCard
    form: IndicationForm

    @property
    def left(self) -> TimeLeft:
        return time_left(Limit.WINDOW, self.card.open_until)

    @property
    def purpose(self) -> str:
        return str(LoanPurpose(self.card.purpose).label) if self.card.purpose else ""

    @property
    def guarantees(self) -> list[str]:
        return [str(GuaranteeKind(code).label) for code in self.card.guarantees]

    @property
    def county(self) -> str:
        return names.county(self.card.area)

    @property
    def industry(self) -> str:
        return names.industry(self.card.division)

    @property
    def size(self) -> str:
        return str(EnterpriseSize(self.card.size).label) if self.card.size else ""


@only_for(*BANKERS)
@require_GET
def pool_page(request: HttpRequest) -> HttpResponse:
    return _page(request)


@only_for(*BANKERS)
@require_POST
def claim_one(request: HttpRequest, number: str) -> HttpResponse:
    """Grab one and open the profile under its consent; who comes too late is told so where the card was."""
    actor, form = actor_of(request), IndicationForm(request.POST, auto_id=f"{number}-%s")
    if not form.is_valid():
        return _again(request, actor, number, form)
    said = form.cleaned_data
    try:
        order = claim(actor=actor, number=number, amount=said["amount"], rate=said["rate"])
    except JiaheError as refused:
        if refused.status == 422:
            form.add_error(None, refused.sentence)
            return _again(request, actor, number, form)
        if is_partial(request):
            return render(request, "bank/orders/gone.html", {"sentence": refused.sentence}, status=refused.status)
        if refused.status == 404:
            raise
        return _page(request, refused=refused)
    return opened(request, order)


def opened(request: HttpRequest, order: Order) -> HttpResponse:
    """To the profile that an order opens; htmx is told to go to another page."""
    address = reverse("bank:file", args=[order.request.uscc, Purpose.PRE_LOAN.value])
    return HttpResponse(headers={"HX-Redirect": address}) if is_partial(request) else redirect(address)


def _again(request: HttpRequest, actor: Actor, number: str, form: IndicationForm) -> HttpResponse:
    """The card once more, with what is wrong in what was typed."""
    if not is_partial(request):
        return _page(request, form=form, number=number)
    found = cards(list(pool(actor=actor).filter(number=number)))
    return render(request, "bank/orders/card.html", {"one": Shown(found[0], form) if found else None}, status=422)


def _page(
    request: HttpRequest, *, form: IndicationForm | None = None, number: str = "", refused: JiaheError | None = None
) -> HttpResponse:
    everything = pool(actor=actor_of(request))
    sought = PoolFilter(request.GET, *places(everything))
    choice = sought.choice
    found = chosen(everything, choice)

    def fetch(limit: int, offset: int) -> list[Shown]:
        return [
            Shown(card, form if form and card.number == number else IndicationForm.of(card))
            for card in cards(list(found[offset : offset + limit]))
        ]

    page: Page[Shown] = page_of(request, fetch, CARDS_A_PAGE)
    query = request.GET.copy()
    query.pop("page", None)
    context = {"form": sought, "page": page, "filtered": choice.any, "refused": refused, "query": query.urlencode()}
    template = "bank/orders/cards.html" if is_partial(request) else "bank/orders/pool.html"
    status = refused.status if refused else 422 if form else 200
    return render(request, template, context, status=status)
