"""The enterprise's own score: what it is, why, what changed it, what would raise it, and asking a person to look."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from jiahe import profiles
from jiahe.accounts.actor import actor_of, only_for
from jiahe.accounts.enums import ROLES, OrganisationKind
from jiahe.kit.errors import JiaheError
from jiahe.portals.enterprise.score.lacking import lacking
from jiahe.profiles.derived import SCORE
from jiahe.profiles.enums import Purpose
from jiahe.profiles.sections.score import MOST_CHANGES, scored
from jiahe.scoring.actions.ask_review import LONGEST, ask_review
from jiahe.scoring.queries import reviews

PEOPLE = ROLES[OrganisationKind.ENTERPRISE]


@only_for(*PEOPLE)
@require_GET
def score(request: HttpRequest) -> HttpResponse:
    return _page(request, {})


@only_for(*PEOPLE)
@require_POST
def review(request: HttpRequest) -> HttpResponse:
    """Ask for a human review; a refusal is said beside what was written."""
    text = request.POST.get("text", "")
    try:
        ask_review(actor=actor_of(request), text=text)
    except JiaheError as refused:
        if refused.status == 403:
            raise
        return _page(request, {"refusal": refused.sentence, "text": text}, refused.status)
    messages.success(request, _("已申请人工复核，答复会在消息里告知。"))
    return redirect("enterprise:score")


def _page(request: HttpRequest, more: dict[str, object], status: int = 200) -> HttpResponse:
    actor = actor_of(request)
    profile = profiles.read(actor=actor, enterprise=actor.organisation, categories=[SCORE], purpose=Purpose.OWN)
    told = profile.derived.get(SCORE)
    asked = reviews.own(actor.organisation)
    context = {
        "told": told,
        "scored": scored(profile.derived, MOST_CHANGES),
        "lacking": lacking(told, profile.derived, profile.enterprise.established_on)
        if told and told.unscored
        else None,
        "reviews": asked,
        "waiting": any(one.answered_at is None for one in asked),
        "longest": LONGEST,
        "profile": profile,
        "purpose": Purpose.OWN.label,
        **more,
    }
    return render(request, "enterprise/score/page.html", context, status=status)
