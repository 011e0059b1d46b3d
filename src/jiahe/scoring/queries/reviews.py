"""Reviews of scores: those that wait, those that were answered, and an enterprise's own."""

from __future__ import annotations

from django.db.models import QuerySet

from jiahe.scoring.errors import NoSuchReview
from jiahe.scoring.models import ReviewState, ScoreReview


def reviews(*, answered: bool) -> QuerySet[ScoreReview]:
    """Those that wait, the oldest first; or the answered ones, the newest first."""
    state = ReviewState.ANSWERED if answered else ReviewState.OPEN
    return ScoreReview.objects.filter(state=state).order_by("-answered_at" if answered else "asked_at", "pk")


def review_of(number: int) -> ScoreReview:
    """`NoSuchReview` for a number that is not there."""
    found = ScoreReview.objects.select_related("answered_by").filter(pk=number).first()
    if found is None:
        raise NoSuchReview(number=number)
    return found


def own(uscc: str) -> list[ScoreReview]:
    """An enterprise's, the newest first."""
    return list(ScoreReview.objects.filter(uscc=uscc).order_by("-asked_at", "-pk"))
