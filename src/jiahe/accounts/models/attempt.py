"""Sign-in attempts in a row, for logins that exist and for those that do not."""

from __future__ import annotations

from django.db import models


class SignInAttempts(models.Model):
    """How often a login was tried since it last succeeded. What was typed may be a password: only its digest is kept."""

    login_digest = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(db_index=True)
