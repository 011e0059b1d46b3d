"""An enterprise asks for a human review of its score."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from jiahe.accounts.enums import ROLES, OrganisationKind
from jiahe.accounts.queries.administrators import model_officers
from jiahe.audit.journal import write
from jiahe.creditfile.models import Enterprise
from jiahe.kit import clock
from jiahe.kit.actor import Actor
from jiahe.notify.inbox import tell
from jiahe.scoring.errors import NotScoredYet, NotYourScore, ReviewOpen, ReviewWithoutText
from jiahe.scoring.models import Score, ScoreReview, Told

LONGEST = 1000


@transaction.atomic
def ask_review(*, actor: Actor, text: str) -> ScoreReview:
    """Of the present score, or of there being none; the model officers are told. `ReviewOpen` while another one waits."""
    if actor.role not in ROLES[OrganisationKind.ENTERPRISE] or actor.user_id is None:
        raise NotYourScore
    told = _score(actor)
    review = ScoreReview(
        serial=told.serial,
        uscc=actor.organisation,
        text=checked(text),
        asked_at=clock.now(),
        asked_by_id=actor.user_id,
        **{field.attname: getattr(told, field.attname) for field in Told._meta.fields},
    )
    try:
        with transaction.atomic():
            review.save(force_insert=True)
    except IntegrityError as error:
        raise ReviewOpen from error
    write(actor=actor, action="score_reviews.ask", subject=f"score_review:{review.pk}", facts={"run": told.run})
    for one in model_officers():
        page, facts = f"/authority/reviews/{review.pk}/", {"number": review.pk}
        tell(organisation=one.organisation.code, user_id=one.user_id, template="review.asked", facts=facts, link=page)
    return review


def _score(actor: Actor) -> Score:
    enterprise = Enterprise.objects.filter(uscc=actor.organisation).first()
    found = enterprise and Score.objects.filter(serial=enterprise.serial).first()
    if not found:
        raise NotScoredYet(uscc=actor.organisation)
    return found


def checked(text: str) -> str:
    """What was written, as it is kept."""
    kept = text.strip()
    if not 1 <= len(kept) <= LONGEST:
        raise ReviewWithoutText(longest=LONGEST)
    return kept
