"""What waits for the reader, and where to go."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from jiahe.accounts.actor import actor_of, only_for
from jiahe.accounts.enums import ROLES, OrganisationKind
from jiahe.consent.card import cards
from jiahe.consent.numbers import notice_days
from jiahe.consent.terms import State
from jiahe.financing.queries import requests as request_queries
from jiahe.financing.workflow import RequestState
from jiahe.gathering.queries import batch as ledger
from jiahe.kit import clock
from jiahe.notify import inbox
from jiahe.portals.enterprise.consents.lists import in_list
from jiahe.portals.enterprise.requests.views import cards as request_cards
from jiahe.profiles import readings as log

SHOWN = 3


@only_for(*ROLES[OrganisationKind.ENTERPRISE])
def home(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    now = clock.now()
    soon = now + timedelta(days=notice_days(now))
    live = in_list(actor, "live").filter(state__in=(State.ACTIVE, State.PAUSED))
    rows = ledger.freshness()
    under_way = request_queries.visible_to(actor).filter(
        state__in=(RequestState.OPEN, RequestState.UNDERWAY, RequestState.AGREED)
    )
    context = {
        "requests": request_cards(actor, list(under_way[:SHOWN])),
        "waiting": cards(in_list(actor, "waiting")[:SHOWN]),
        "live": live.count(),
        "ending": cards(live.filter(valid_until__lte=soon)[:SHOWN]),
        "unread_ones": inbox.messages(actor=actor).filter(read_at=None)[:SHOWN],
        "readings": log.said(log.readings(actor=actor)[:SHOWN]),
        "gathered": sum(row.state != "never" for row in rows),
        "late": sum(row.state == "late" for row in rows),
        "of": len(rows),
        "loaded_at": max((row.last_loaded_at for row in rows if row.last_loaded_at), default=None),
    }
    return render(request, "enterprise/home.html", context)
