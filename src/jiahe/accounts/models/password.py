"""Passwords that were used before, as hashes, where a rule says that they may not come back."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class UsedPassword(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="used_passwords")
    hash = models.CharField(max_length=128)
    until = models.DateTimeField()
