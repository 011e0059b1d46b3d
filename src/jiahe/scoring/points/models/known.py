"""What is known of an enterprise's features, as far as points and limits need it."""

from __future__ import annotations

from django.db import models


class Known(models.Model):
    """A projection of the newest features, made anew by `actions.refresh`: values by code, as of a day."""

    serial = models.BigIntegerField(primary_key=True)
    as_of = models.DateField()
    features = models.JSONField()
