"""Who a person is to somebody else's sign-in."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class OutsideIdentity(models.Model):
    """The subject under which a sign-in provider knows a person; only its keyed digest is kept."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="identities")
    provider = models.CharField(max_length=20)
    subject_digest = models.CharField(max_length=64)
    linked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provider", "subject_digest"], name="identity_once"),
            models.UniqueConstraint(fields=["provider", "user"], name="identity_one_a_provider"),
        ]
