"""One order: where it stands, what may be done now, whom to call, what has happened."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from jiahe.accounts.actor import actor_of, only_for
from jiahe.consent.enums import Purpose
from jiahe.consent.queries.consents import visible_to
from jiahe.consent.terms import LIVE as CONSENT_LIVE
from jiahe.financing.card import OrderCard, order_card
from jiahe.financing.contact import Contact, contact
from jiahe.financing.enums import Channel, LoanPurpose, Tag
from jiahe.financing.history import history
from jiahe.financing.models import Order
from jiahe.financing.parties import BANKERS, parties
from jiahe.financing.precredit.models import Answer
from jiahe.financing.precredit.queries.attached import attached
from jiahe.financing.queries.orders import one
from jiahe.financing.refs import order_ref
from jiahe.financing.workflow import LIVE, READS, OrderAction, Party
from jiahe.kit.actor import Actor
from jiahe.kit.errors import JiaheError
from jiahe.portals.bank.orders.pool import opened
from jiahe.portals.bank.orders.steps import STEPS, Open, open_steps
from jiahe.portals.bank.orders.takers import TakerForm, takers
from jiahe.products.enums import GuaranteeKind
from jiahe.web.partial import is_partial


@only_for(*BANKERS)
@require_GET
def order_page(request: HttpRequest, number: str) -> HttpResponse:
    return page(request, one(actor=actor_of(request), number=number))


@only_for(*BANKERS)
@require_POST
def take_step(request: HttpRequest, number: str, step: str) -> HttpResponse:
    """Take a step; a refusal is said in its form, and nothing has changed."""
    actor = actor_of(request)
    order, wanted = one(actor=actor, number=number), STEPS.get(step)
    if wanted is None:
        raise Http404
    form = wanted.filled(request.POST, order)
    if not form.is_valid():
        return page(request, order, typed=Open(wanted, form), status=422)
    try:
        wanted.take(actor=actor, number=number, **form.values())
    except JiaheError as refused:
        if refused.status in (403, 404):
            raise
        form.add_error(None, refused.sentence)
        return page(request, one(actor=actor, number=number), typed=Open(wanted, form), status=refused.status)
    if wanted.action is OrderAction.ACCEPT:
        return opened(request, order)
    return answer(request, number, str(wanted.done or _("已办理。")))


@only_for(*BANKERS)
@require_POST
def show_contact(request: HttpRequest, number: str) -> HttpResponse:
    """Whom to call; the journal keeps that it was shown."""
    actor = actor_of(request)
    told = contact(actor=actor, number=number)
    if is_partial(request):
        return render(request, "bank/orders/contact.html", {"contact": told})
    return page(request, one(actor=actor, number=number), told=told)


@only_for(*BANKERS)
@require_GET
def attached_points(request: HttpRequest, number: str) -> HttpResponse:
    """The points that came with the request; the access log keeps that they were looked at."""
    actor = actor_of(request)
    order = one(actor=actor, number=number)
    found = attached(actor=actor, order=order)
    language = "en" if (get_language() or "").startswith("en") else "zh"
    parts = [(part[language], part["points"], part["most"]) for part in found.made_of or []] if found else []
    return render(request, "bank/orders/points.html", {"order": order, "attached": found, "parts": parts})


def answer(request: HttpRequest, number: str, done: str) -> HttpResponse:
    """The order after a change: its part of the page to htmx, else the page again."""
    if is_partial(request):
        return page(request, one(actor=actor_of(request), number=number), done=done)
    messages.success(request, done)
    return redirect("bank:order", number)


def page(
    request: HttpRequest,
    order: Order,
    *,
    typed: Open | None = None,
    told: Contact | None = None,
    taker: TakerForm | None = None,
    done: str = "",
    status: int = 200,
) -> HttpResponse:
    actor, card = actor_of(request), order_card(actor_of(request), order)
    held, by_points = parties(actor, order.request, order), order.channel == Channel.POINTS
    if taker is None and Party.ABOVE in held and order.state in LIVE:
        taker = TakerForm(None, takers(actor=actor, besides=order.manager_id))
    context = {
        "card": card,
        "order": order,
        "open": list(open_steps(card, typed)),
        "may_call": Party.OWNER in held and order.state in READS,
        "contact": told,
        "readable": visible_to(actor).filter(subject_ref=order_ref(order), state__in=CONSENT_LIVE).exists(),
        "by_points": by_points,
        "credit_answer": Answer.objects.select_related("answered_by").filter(order=order).first()
        if by_points
        else None,
        "file": reverse("bank:file", args=[order.request.uscc, Purpose.PRE_LOAN.value]),
        "taker": taker,
        "done": done,
    }
    template = "bank/orders/body.html" if is_partial(request) else "bank/orders/order.html"
    return render(request, template, context | _words(actor, card), status=status)


def _words(actor: Actor, card: OrderCard) -> dict[str, object]:
    """What is coded, in words, and what has happened, the newest first."""
    order, evaluation = card.order, card.evaluation
    events = list(order.events.select_related("user").order_by("-pk"))
    return {
        "purpose": LoanPurpose(order.request.purpose).label,
        "guarantees": _guarantees(order.request.guarantees),
        "offer_guarantees": _guarantees(card.offer.guarantees) if card.offer else [],
        "tags": [str(Tag(code).label) for code in evaluation.tags] if evaluation else [],
        "history": history(reader=actor, order=order, events=events, enterprise=card.enterprise),
    }


def _guarantees(codes: list[str]) -> list[str]:
    return [str(GuaranteeKind(code).label) for code in codes]
