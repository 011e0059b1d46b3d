"""Who wants no SMS but those that matter."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Silence(models.Model):
    """A person who gets only the essential SMS; the inbox holds the others all the same."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
