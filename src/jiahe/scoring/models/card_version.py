"""A score card and how far it has come. What it says never changes after it was imported."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class CardState(models.TextChoices):
    """`RETIRED`: it was published, and another one took its place."""

    DRAFT = "draft", _("草稿")
    COMMITTED = "committed", _("待发布")
    PUBLISHED = "published", _("使用中")
    RETIRED = "retired", _("已停用")


OPEN = (CardState.DRAFT, CardState.COMMITTED, CardState.PUBLISHED)


class CardVersion(models.Model):
    """`card` is the file as `card.dumps` writes it, `digest` the card's; `figures` are those of its training, as imported.

    `replaced` is the one that was in use before it was published first: a roll-back goes there. `reason` says why it was
    rolled back to, or away from, last.
    """

    number = models.PositiveIntegerField(unique=True)
    state = models.CharField(max_length=9, choices=CardState.choices, default=CardState.DRAFT)
    card = models.TextField()
    digest = models.CharField(max_length=64)
    figures = models.JSONField(null=True)
    note = models.CharField(max_length=300, blank=True)
    replaced = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=300, blank=True)

    drafted_at = models.DateTimeField()
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    committed_at = models.DateTimeField(null=True)
    committed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    retired_at = models.DateTimeField(null=True)
    retired_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["state"], condition=Q(state=CardState.PUBLISHED), name="card_one_published"
            ),
            models.CheckConstraint(condition=Q(state__in=CardState.values), name="card_state_known"),
            models.CheckConstraint(
                condition=Q(state=CardState.DRAFT, committed_at=None, committed_by=None)
                | ~Q(state=CardState.DRAFT) & Q(committed_at__isnull=False, committed_by__isnull=False),
                name="card_committed_when",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[CardState.DRAFT, CardState.COMMITTED], published_at=None, published_by=None)
                | Q(
                    state__in=[CardState.PUBLISHED, CardState.RETIRED],
                    published_at__isnull=False,
                    published_by__isnull=False,
                ),
                name="card_published_when",
            ),
            models.CheckConstraint(
                condition=Q(state=CardState.RETIRED, retired_at__isnull=False, retired_by__isnull=False)
                | ~Q(state=CardState.RETIRED) & Q(retired_at=None, retired_by=None),
                name="card_retired_when",
            ),
            models.CheckConstraint(
                condition=Q(published_by=None) | ~Q(published_by=F("committed_by")), name="card_two_people"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}"
