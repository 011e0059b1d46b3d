"""How far the registry has been compared with what was verified."""

from __future__ import annotations

from django.db import models


class Followed(models.Model):
    """The last batch of a category that every enterprise's verification has been compared with."""

    category = models.CharField(max_length=4, primary_key=True)
    batch = models.BigIntegerField()
