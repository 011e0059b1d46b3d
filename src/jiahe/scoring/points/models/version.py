"""One version of the indicator system. Once it is published it never changes, and it is kept for good."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from jiahe.scoring.points.enums import SystemState
from jiahe.scoring.points.lifecycle import OPEN, State
from jiahe.scoring.points.system import System
from jiahe.scoring.points.written import stored


class SystemVersion(models.Model):
    """`body` is the system as `written` writes it; `origin` the version that it was copied from.

    It holds from its publication until another one is published, or to the end of the day `valid_until`.
    """

    number = models.PositiveIntegerField(unique=True)
    state = models.CharField(max_length=9, choices=SystemState.choices, default=SystemState.DRAFT)
    body = models.JSONField()
    note = models.CharField(max_length=200, blank=True)
    valid_until = models.DateField(null=True)
    origin = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    drafted_at = models.DateTimeField()
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    committed_at = models.DateTimeField(null=True)
    committed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=SystemState.values), name="points_system_state_known"),
            models.UniqueConstraint(
                fields=["state"], condition=Q(state=State.PUBLISHED.value), name="points_system_one_published"
            ),
            models.UniqueConstraint(
                models.Value(1), condition=Q(state__in=[s.value for s in OPEN]), name="points_system_one_open"
            ),
            models.CheckConstraint(
                condition=Q(published_at=None) | ~Q(published_by=F("committed_by")), name="points_system_two_people"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in OPEN], published_at=None)
                | ~Q(state__in=[s.value for s in OPEN]) & Q(published_at__isnull=False),
                name="points_system_published_when",
            ),
        ]

    @property
    def system(self) -> System:
        return stored(self.body)
