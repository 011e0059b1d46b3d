"""Marks that a dispute or a repair puts on one record; they outlive reloads of the record."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class MarkKind(models.TextChoices):
    DISPUTED = "disputed", _("异议中")
    REPAIRED = "repaired", _("已修复")


class RecordMark(models.Model):
    """One mark on one record from a day on, until it is lifted."""

    serial = models.BigIntegerField()
    category = models.CharField(max_length=4)
    record_key = models.CharField(max_length=400)
    kind = models.CharField(max_length=10, choices=MarkKind.choices)
    since = models.DateField()
    lifted_on = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["serial", "category"])]
        constraints = [
            models.UniqueConstraint(
                fields=["serial", "category", "record_key", "kind"],
                condition=models.Q(lifted_on__isnull=True),
                name="record_mark_once",
            )
        ]
