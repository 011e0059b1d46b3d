"""A model officer answers an enterprise that asked for a review of its score."""

from __future__ import annotations

from django.db import transaction

from jiahe.audit.journal import write
from jiahe.kit import clock
from jiahe.kit.actor import Actor
from jiahe.notify.inbox import tell
from jiahe.scoring.actions.ask_review import checked
from jiahe.scoring.actions.move_card import require_officer
from jiahe.scoring.errors import ReviewAnswered
from jiahe.scoring.models import ReviewState, ScoreReview
from jiahe.scoring.queries.reviews import review_of


@transaction.atomic
def answer_review(*, actor: Actor, number: int, text: str) -> ScoreReview:
    """The first answer counts, and the enterprise is told. The score itself is only ever changed by data and card."""
    officer, kept = require_officer(actor), checked(text)
    review = review_of(number)
    answered = ScoreReview.objects.filter(pk=review.pk, state=ReviewState.OPEN).update(
        state=ReviewState.ANSWERED, answer=kept, answered_at=clock.now(), answered_by_id=officer
    )
    if not answered:
        raise ReviewAnswered(number=number)
    write(actor=actor, action="score_reviews.answer", subject=f"score_review:{number}")
    tell(organisation=review.uscc, template="review.answered", facts={}, link="/enterprise/score/#review")
    review.refresh_from_db()
    return review
