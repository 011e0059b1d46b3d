"""What would change if a committed card took the place of the one in use, as counts."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from jiahe.scoring.models.card_version import CardVersion


class Trial(models.Model):
    """`found` is what `trial.summary` keeps: no group below the least size is in it. `known`: with outcomes since the day."""

    version = models.ForeignKey(CardVersion, on_delete=models.PROTECT, related_name="+")
    live = models.ForeignKey(CardVersion, on_delete=models.PROTECT, related_name="+")
    as_of = models.DateField()
    known = models.BooleanField()
    found = models.JSONField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
