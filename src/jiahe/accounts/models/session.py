"""Where a person is signed in, for that person to see and to end."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class SignedInSession(models.Model):
    """One session. `device` is what the browser says of itself in two words; no network address is kept."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="sessions")
    key = models.CharField(max_length=40, unique=True)
    device = models.CharField(max_length=60)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()
