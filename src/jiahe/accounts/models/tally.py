"""How often something was asked for within a stretch of time, counted for everybody, known or not."""

from __future__ import annotations

from django.db import models


class Tally(models.Model):
    """`key` is the keyed digest of what is counted (an action and an address or a login)."""

    key = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField(default=0)
    since = models.DateTimeField(db_index=True)
