"""The enterprise's requests, and the page of one: where it stands, what is offered, what the enterprise can do."""

from __future__ import annotations

from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from jiahe.accounts.actor import actor_of, only_for
from jiahe.accounts.enums import ROLES, OrganisationKind
from jiahe.financing.card import OrderCard, RequestCard, order_cards, request_card
from jiahe.financing.enums import Tag
from jiahe.financing.models import Event, FinancingRequest
from jiahe.financing.queries import orders as order_queries
from jiahe.financing.queries import requests as request_queries
from jiahe.financing.queries.open_to import open_to
from jiahe.financing.queries.pool import card as pool_card
from jiahe.financing.workflow import RequestState
from jiahe.kit.actor import Actor
from jiahe.portals.enterprise.requests.forms import Typed
from jiahe.web.paging import Page, page_of
from jiahe.web.partial import is_partial

PEOPLE = ROLES[OrganisationKind.ENTERPRISE]
REQUESTS_A_PAGE = 20
NOTHING_NEW = 204
POLLED = "seen"


@only_for(*PEOPLE)
@require_GET
def requests(request: HttpRequest) -> HttpResponse:
    """Drafts first, then what was sent, the newest first."""
    actor = actor_of(request)
    found = request_queries.visible_to(actor)
    drafts = found.filter(state=RequestState.DRAFT)
    sent = found.exclude(state=RequestState.DRAFT)
    page: Page[RequestCard] = page_of(
        request, lambda limit, offset: cards(actor, list(sent[offset : offset + limit])), REQUESTS_A_PAGE
    )
    context = {"drafts": drafts[:REQUESTS_A_PAGE], "page": page}
    return render(request, "enterprise/requests/list.html", context)


@only_for(*PEOPLE)
@require_GET
def request_page(request: HttpRequest, number: str) -> HttpResponse:
    return show(request, number)


def show(request: HttpRequest, number: str, refused: Typed | None = None, status: int = 200) -> HttpResponse:
    """The page of a request, or for a page that asks again the part that changes: nothing where nothing happened."""
    actor = actor_of(request)
    found = request_queries.one(actor=actor, number=number)
    if found.state == RequestState.DRAFT:
        return redirect("enterprise:request_resume", number)
    latest = Event.objects.filter(request=found).aggregate(latest=Max("pk"))["latest"]
    polled = is_partial(request) and POLLED in request.GET
    if polled and request.GET[POLLED] == str(latest):
        return HttpResponse(status=NOTHING_NEW)
    card = cards(actor, [found])[0]
    context = {
        "card": card,
        "offers": _compared(card),
        "choosing": any("choose" in order.may for order in card.orders),
        "latest": latest,
        "preview": pool_card(found),
        "waiting": _waiting(found),
        "tags": Tag.choices,
        "refused": refused,
    }
    template = "enterprise/requests/live.html" if polled else "enterprise/requests/request.html"
    return render(request, template, context, status=status)


def cards(actor: Actor, found: list[FinancingRequest]) -> list[RequestCard]:
    """Each request with its orders, in as many queries for many as for one."""
    orders = list(order_queries.visible_to(actor).filter(request__in=found).order_by("created_at", "pk"))
    made = order_cards(actor, orders)
    return [request_card(actor, one, [card for card in made if card.order.request_id == one.pk]) for one in found]


def _compared(card: RequestCard) -> list[tuple[OrderCard, str]]:
    """The offers side by side, each with those whose work on the request ends when it is taken."""
    live = [order for order in card.orders if order.live]
    return [
        (one, _("、").join(other.order.institution.name for other in live if other is not one)) for one in card.offers
    ]


def _waiting(found: FinancingRequest) -> list[str]:
    """The institutions that may still come in."""
    return list(open_to(found).values_list("name", flat=True))
