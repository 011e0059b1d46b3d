"""Which refused records came back corrected: they are closed in the batch that refused them."""

from __future__ import annotations

from django.db import models

from jiahe.gathering.models.batch import Batch


class Returned(models.Model):
    """One corrected file taken back for one batch; `rows` are the refused records that it closed."""

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="returned")
    by = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="corrects")
    rows = models.JSONField()
    actor_login = models.CharField(max_length=150)
    at = models.DateTimeField()
