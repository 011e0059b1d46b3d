"""Enterprises that asked a person to look at their score, for the model officers to answer."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.http import require_GET

from jiahe.accounts.actor import actor_of, only_for
from jiahe.accounts.enums import Role
from jiahe.creditfile.models import Enterprise
from jiahe.kit.errors import JiaheError
from jiahe.profiles.sections.score import of_one
from jiahe.scoring.actions.answer_review import answer_review
from jiahe.scoring.actions.ask_review import LONGEST
from jiahe.scoring.models import ScoreReview
from jiahe.scoring.queries import reviews as asked
from jiahe.web.paging import Page, page_of

REVIEWS_A_PAGE = 20


@only_for(Role.MODEL_OFFICER)
@require_GET
def reviews(request: HttpRequest) -> HttpResponse:
    """Those that wait, the oldest first; with `?state=answered` the others."""
    answered = request.GET.get("state") == "answered"
    found = asked.reviews(answered=answered)
    page: Page[ScoreReview] = page_of(
        request, lambda limit, offset: list(found[offset : offset + limit]), REVIEWS_A_PAGE
    )
    known = dict(Enterprise.objects.filter(uscc__in={r.uscc for r in page.rows}).values_list("uscc", "name"))
    lines = [(one, known.get(one.uscc) or one.uscc) for one in page.rows]
    context = {"page": page, "lines": lines, "answered": answered}
    return render(request, "authority/reviews/reviews.html", context)


@method_decorator(only_for(Role.MODEL_OFFICER), name="dispatch")
class Answer(View):
    """What the enterprise wrote, what it was told when it asked, and the answer."""

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        return self._page(request, number, {})

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        text = request.POST.get("text", "")
        try:
            answer_review(actor=actor_of(request), number=number, text=text)
        except JiaheError as refused:
            if refused.status in (403, 404):
                raise
            return self._page(request, number, {"refusal": refused.sentence, "text": text}, refused.status)
        messages.success(request, _("已答复，企业会收到消息。"))
        return redirect("authority:score_review", number)

    def _page(self, request: HttpRequest, number: int, more: dict[str, Any], status: int = 200) -> HttpResponse:
        review = asked.review_of(number)
        name = Enterprise.objects.filter(uscc=review.uscc).values_list("name", flat=True).first()
        context = {
            "review": review,
            "enterprise": name or review.uscc,
            "scored": of_one(review),
            "longest": LONGEST,
            **more,
        }
        return render(request, "authority/reviews/review.html", context, status=status)
