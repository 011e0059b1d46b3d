"""The workbench: what is urgent, look an enterprise up, what runs out, what waits for an answer."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from jiahe.accounts.actor import actor_of, only_for
from jiahe.consent.card import cards
from jiahe.consent.queries.consents import visible_to
from jiahe.consent.terms import LIVE, State
from jiahe.financing.parties import BANKERS
from jiahe.financing.queries.deadlines import late
from jiahe.financing.queries.pool import pool
from jiahe.financing.queries.worklist import Wanted, lines, worklist
from jiahe.financing.workflow import OrderState
from jiahe.kit import clock
from jiahe.kit.actor import Actor
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
    return render(request, "bank/home.html", context | _orders(actor_of(request)))


def _orders(actor: Actor) -> dict[str, object]:
    """What is most urgent, and how much there is; nothing for those who handle no orders."""
    if actor.role not in BANKERS:
        return {}
    mine = worklist(actor=actor, wanted=Wanted())
    figures = mine.order_by().aggregate(
        live=Count("pk"),
        late=Count("pk", filter=late()),
        waiting=Count("pk", filter=Q(state=OrderState.DISPATCHED)),
    )
    open_ones = pool(actor=actor).order_by().count()
    return {
        "orders": figures | {"pool": open_ones},
        "urgent": lines(actor=actor, orders=mine.filter(stopped_at=None)[:SHOWN]),
    }
