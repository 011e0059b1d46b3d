"""Whether somebody is the legal representative of an enterprise: asked once, answered once, used once."""

from __future__ import annotations

from django.db import models

from jiahe.accounts.enums import VerificationState


class Verification(models.Model):
    """One question to the verifier. Name and identity number of the person asked about are kept as keyed digests."""

    number = models.CharField(max_length=8, unique=True)
    uscc = models.CharField(max_length=18)
    representative_digest = models.CharField(max_length=64)
    identity_digest = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=VerificationState.choices)
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=150, blank=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["uscc", "asked_at"])]
