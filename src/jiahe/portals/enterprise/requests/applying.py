"""Apply and authorise on one page: fill in, read the words that follow from it, agree. What is filled in is kept."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from jiahe.accounts.actor import actor_of, only_for
from jiahe.accounts.enums import ROLES, OrganisationKind, Role
from jiahe.financing.actions.draft import drop
from jiahe.financing.actions.submit import submit
from jiahe.financing.enums import Channel
from jiahe.financing.queries import requests
from jiahe.financing.queries.pool import preview
from jiahe.financing.refs import request_ref
from jiahe.financing.workflow import RequestState
from jiahe.kit.actor import Actor
from jiahe.kit.errors import JiaheError
from jiahe.portals.enterprise.requests.application import Application
from jiahe.portals.enterprise.requests.forms import ApplyForm
from jiahe.products.queries import products

PEOPLE = ROLES[OrganisationKind.ENTERPRISE]
UNPROCESSABLE, CONFLICT = 422, 409


@only_for(*PEOPLE)
@require_GET
def new(request: HttpRequest) -> HttpResponse:
    """An empty form: for the product named by `product`, or open to all institutions that serve the county."""
    application = _begun(actor_of(request), request.GET.get("product", ""))
    return _page(request, application, application.form())


@only_for(*PEOPLE)
@require_GET
def resume(request: HttpRequest, number: str) -> HttpResponse:
    """A draft, to go on with."""
    application = _application(actor_of(request), number)
    if _is_sent(application):
        return redirect("enterprise:request", number)
    return _page(request, application, application.form())


@only_for(*PEOPLE)
@require_POST
def apply(request: HttpRequest) -> HttpResponse:
    """Keep what was filled in, and go as far as was asked: keep it, show the words, or send it out under them."""
    actor, number = actor_of(request), request.POST.get("number", "")
    application = _application(actor, number) if number else _begun(actor, request.POST.get("product", ""))
    if _is_sent(application):
        return redirect("enterprise:request", number)
    form = application.form(request.POST)
    try:
        kept = application.keep(form)
    except JiaheError as refusal:
        if refusal.status in (403, 404):
            raise
        form.add_error(None, refusal.sentence)
        return _page(request, application, form, refusal.status)
    match request.POST.get("act"):
        case "keep":
            answer = render(request, "enterprise/requests/agreement.html", _context(application, form))
            answer["HX-Replace-Url"] = reverse("enterprise:request_resume", args=[kept.number])
            return answer
        case "later":
            messages.success(request, _("已存为草稿，可随时继续填写。"))
            return redirect("enterprise:requests")
    if not form.is_valid():
        return _page(request, application, form, UNPROCESSABLE)
    return (
        _agree(request, application, form) if request.POST.get("act") == "agree" else _page(request, application, form)
    )


@only_for(*PEOPLE)
@require_POST
def discard(request: HttpRequest, number: str) -> HttpResponseRedirect:
    drop(actor=actor_of(request), number=number)
    messages.success(request, _("草稿已删除。"))
    return redirect("enterprise:requests")


def _agree(request: HttpRequest, application: Application, form: ApplyForm) -> HttpResponse:
    """Only the words that were read are agreed to: where they have changed since, they are shown again."""
    assert application.draft is not None
    agreed, language = request.POST.get("agreed", ""), request.POST.get("language", "")
    words = application.words(form, language)
    if words is None or words.digest != agreed:
        form.add_error(None, _("授权内容与您读到的不同：请阅读下方的授权内容，再点“申请并授权”。"))
        return _page(request, application, form, CONFLICT)
    try:
        sent = submit(
            actor=application.actor,
            number=application.draft.number,
            institutions=application.chosen(form),
            terms=form.terms(request_ref(application.draft)),
            agreed=agreed,
            separately=form.cleaned_data["separately"],
            language=language,
        )
    except JiaheError as refusal:
        if refusal.status == 403:
            raise
        form.add_error(None, refusal.sentence)
        return _page(request, application, form, refusal.status)
    messages.success(request, _("申请已提交，授权在机构接单时生效。"))
    return redirect("enterprise:request", sent.number)


def _begun(actor: Actor, product: str) -> Application:
    if not product:
        return Application(actor)
    return Application(actor, version=products.one(actor=actor, number=product).current)


def _application(actor: Actor, number: str) -> Application:
    draft = requests.one(actor=actor, number=number)
    return Application(actor, draft, draft.product)


def _is_sent(application: Application) -> bool:
    return application.draft is not None and application.draft.state != RequestState.DRAFT


def _page(request: HttpRequest, application: Application, form: ApplyForm, status: int = 200) -> HttpResponse:
    return render(request, "enterprise/requests/apply.html", _context(application, form), status=status)


def _context(application: Application, form: ApplyForm) -> dict[str, Any]:
    actor, draft = application.actor, application.draft
    return {
        "form": form,
        "draft": draft,
        "version": application.version,
        "by_points": draft is not None and draft.channel == Channel.POINTS,
        "precredit": application.precredit,
        "preview": preview(draft) if draft else None,
        "words": application.words(form) if form.is_bound else None,
        "language": get_language(),
        "decides": actor.role == Role.ENTERPRISE_ADMIN or actor.representative,
    }
