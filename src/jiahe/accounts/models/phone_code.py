"""Codes sent to phones."""

from __future__ import annotations

from django.db import models


class PhoneCode(models.Model):
    """The newest code sent to a phone for one purpose, and how many were sent on its day; all by keyed digests."""

    phone_digest = models.CharField(max_length=64)
    purpose = models.CharField(max_length=20)
    code_digest = models.CharField(max_length=64)
    sent_at = models.DateTimeField()
    sent_that_day = models.PositiveSmallIntegerField(default=0)
    expires_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["phone_digest", "purpose"], name="phone_code_once")]
