"""The workbench: look an enterprise up, what runs out, what waits for an answer."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from jiahe.accounts.actor import actor_of, only_for
from jiahe.consent.card import cards
from jiahe.consent.queries.consents import visible_to
from jiahe.consent.terms import LIVE, State
from jiahe.kit import clock
from jiahe.portals.bank.people import PEOPLE

SHOWN = 8
SOON = timedelta(days=14)


@only_for(*PEOPLE)
def home(request: HttpRequest) -> HttpResponse:
    mine = visible_to(actor_of(request))
    live = mine.filter(state__in=LIVE)
    asked = mine.filter(state=State.REQUESTED)
    context = {
        "live": live.count(),
        "asked": asked.count(),
        "ending": cards(live.filter(valid_until__lte=clock.now() + SOON).order_by("valid_until")[:SHOWN]),
        "newest": cards(live.order_by("-given_at")[:SHOWN]),
        "waiting": cards(asked[:SHOWN]),
    }
    return render(request, "bank/home.html", context)
