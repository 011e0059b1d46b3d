"""The institution's own consents; of any other institution's there is nothing anywhere."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from jiahe.accounts.actor import actor_of, only_for
from jiahe.consent.actions.ask import renew
from jiahe.consent.artefact import artefact
from jiahe.consent.card import Card, card, cards, history
from jiahe.consent.queries.consents import one, visible_to, with_uses
from jiahe.consent.terms import LIVE, OPEN, State
from jiahe.kit.errors import JiaheError
from jiahe.portals.bank.people import PEOPLE
from jiahe.web.paging import Page, page_of

CONSENTS_A_PAGE = 20
LISTS = {
    "live": (gettext_lazy("有效"), (*LIVE, State.PENDING)),
    "asked": (gettext_lazy("待企业决定"), (State.REQUESTED,)),
    "past": (gettext_lazy("已结束"), tuple(s for s in State if s not in OPEN)),
}


@only_for(*PEOPLE)
@require_GET
def consents(request: HttpRequest) -> HttpResponse:
    """One of the three lists, those that end first at the top."""
    wanted = request.GET.get("list", "")
    shown = wanted if wanted in LISTS else "live"
    found = with_uses(visible_to(actor_of(request)).filter(state__in=LISTS[shown][1]))
    ordered = found.order_by("valid_until", "pk") if shown == "live" else found
    page: Page[Card] = page_of(request, lambda limit, offset: cards(ordered[offset : offset + limit]), CONSENTS_A_PAGE)
    tabs = [(name, label) for name, (label, _states) in LISTS.items()]
    return render(request, "bank/consents/consents.html", {"tabs": tabs, "shown": shown, "page": page})


@only_for(*PEOPLE)
@require_GET
def consent(request: HttpRequest, number: str) -> HttpResponse:
    shown = card(one(actor=actor_of(request), number=number))
    uses = shown.consent.uses.order_by("-number")[:CONSENTS_A_PAGE]
    context = {
        "card": shown,
        "history": history(shown),
        "uses": uses,
        "may_renew": shown.consent.state != State.REQUESTED,
    }
    return render(request, "bank/consents/consent.html", context)


@only_for(*PEOPLE)
@require_POST
def ask_again(request: HttpRequest, number: str) -> HttpResponseRedirect:
    """Ask for the same terms again, from today."""
    try:
        asked = renew(actor=actor_of(request), number=number)
    except JiaheError as refusal:
        if refusal.status in (403, 404):
            raise
        messages.error(request, refusal.sentence)
        return redirect("bank:consent", number)
    messages.success(request, _("已向企业请求授权，结果会在消息里告知。"))
    return redirect("bank:consent", asked.number)


@only_for(*PEOPLE)
@require_GET
def download(request: HttpRequest, number: str) -> HttpResponse:
    """The signed document."""
    document = artefact(actor=actor_of(request), number=number)
    headers = {"Content-Disposition": f'attachment; filename="{number}.json"'}
    return HttpResponse(document, content_type="application/json", headers=headers)
