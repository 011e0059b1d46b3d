"""The consent centre: every consent of the enterprise, and what it may do with each."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from jiahe.accounts.actor import actor_of, only_for
from jiahe.accounts.enums import ROLES, OrganisationKind
from jiahe.consent import artefact
from jiahe.consent.actions.pause import pause, resume
from jiahe.consent.actions.refuse import refuse
from jiahe.consent.actions.revoke import revoke
from jiahe.consent.card import Card, card, cards, history
from jiahe.consent.parties import parties
from jiahe.consent.queries.consents import one, with_uses
from jiahe.consent.terms import TRANSITIONS, Action, State
from jiahe.kit.actor import Actor
from jiahe.kit.errors import JiaheError
from jiahe.portals.enterprise.consents import lists
from jiahe.portals.enterprise.consents.deciding import request_form
from jiahe.web.paging import Page, page_of

CONSENTS_A_PAGE = 20
PEOPLE = ROLES[OrganisationKind.ENTERPRISE]


@only_for(*PEOPLE)
@require_GET
def centre(request: HttpRequest) -> HttpResponse:
    """One of the three lists; without a choice, the one that needs the reader."""
    actor = actor_of(request)
    tabs = lists.tabs(actor)
    wanted = request.GET.get("list", "")
    shown = wanted if wanted in lists.STATES else lists.first_with_something(tabs)
    found = with_uses(lists.in_list(actor, shown))
    page: Page[Card] = page_of(request, lambda limit, offset: cards(found[offset : offset + limit]), CONSENTS_A_PAGE)
    lines = [(shown_one, rights(actor, shown_one)) for shown_one in page.rows]
    context = {"tabs": tabs, "shown": shown, "page": page, "lines": lines}
    return render(request, "enterprise/consents/centre.html", context)


@only_for(*PEOPLE)
@require_GET
def consent(request: HttpRequest, number: str) -> HttpResponse:
    """One consent: its terms, its words, its history; a request with its boxes to tick."""
    actor = actor_of(request)
    shown = card(one(actor=actor, number=number))
    may = rights(actor, shown)
    context = {
        "card": shown,
        "may": may,
        "history": history(shown),
        "uses": shown.consent.uses.order_by("-number")[:CONSENTS_A_PAGE],
        "form": request_form(shown.consent) if Action.GIVE.value in may else None,
    }
    return render(request, "enterprise/consents/consent.html", context)


@only_for(*PEOPLE)
@require_POST
def stop(request: HttpRequest, number: str) -> HttpResponseRedirect:
    return _done(request, number, lambda actor: pause(actor=actor, number=number), _("授权已暂停，即时生效。"))


@only_for(*PEOPLE)
@require_POST
def go_on(request: HttpRequest, number: str) -> HttpResponseRedirect:
    return _done(request, number, lambda actor: resume(actor=actor, number=number), _("授权已恢复。"))


@only_for(*PEOPLE)
@require_POST
def take_back(request: HttpRequest, number: str) -> HttpResponseRedirect:
    reason = request.POST.get("reason", "")
    told = _("授权已撤回，即时生效。")
    return _done(request, number, lambda actor: revoke(actor=actor, number=number, reason=reason), told)


@only_for(*PEOPLE)
@require_POST
def turn_down(request: HttpRequest, number: str) -> HttpResponseRedirect:
    reason = request.POST.get("reason", "")
    told = _("已拒绝该授权请求。")
    return _done(request, number, lambda actor: refuse(actor=actor, number=number, reason=reason), told)


@only_for(*PEOPLE)
@require_GET
def download(request: HttpRequest, number: str) -> HttpResponse:
    """The signed document."""
    document = artefact.artefact(actor=actor_of(request), number=number)
    headers = {"Content-Disposition": f'attachment; filename="{number}.json"'}
    return HttpResponse(document, content_type="application/json", headers=headers)


def rights(actor: Actor, shown: Card) -> set[str]:
    """The actions that the actor may take on a consent as it stands."""
    consent = shown.consent
    held = parties(actor, uscc=consent.uscc, grantee=consent.grantee.code)
    state = State(consent.state)
    return {
        action.value
        for action, step in TRANSITIONS.items()
        if state in step.start and held & set(step.written if consent.written else step.who)
    }


def _done(request: HttpRequest, number: str, act: Callable[[Actor], object], told: str) -> HttpResponseRedirect:
    """Act, and go back to the consent with what came of it."""
    try:
        act(actor_of(request))
    except JiaheError as refusal:
        if refusal.status in (403, 404):
            raise
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, told)
    return redirect("enterprise:consent", number)
