"""An enterprise asks a person to look at its score."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jiahe.scoring.models.score import Told


class ReviewState(models.TextChoices):
    OPEN = "open", _("待答复")
    ANSWERED = "answered", _("已答复")


class ScoreReview(Told):
    """What was told when it was asked stands in it: that, and the text, is all that whoever answers sees."""

    serial = models.BigIntegerField()
    uscc = models.CharField(max_length=18, db_index=True)
    state = models.CharField(max_length=8, choices=ReviewState.choices, default=ReviewState.OPEN)
    text = models.TextField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["uscc"], condition=Q(state=ReviewState.OPEN), name="review_one_open"),
            models.CheckConstraint(condition=Q(state__in=ReviewState.values), name="review_state_known"),
            models.CheckConstraint(
                condition=Q(state=ReviewState.OPEN, answered_at=None, answered_by=None, answer="")
                | Q(state=ReviewState.ANSWERED, answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer=""),
                name="review_answered_when",
            ),
        ]
