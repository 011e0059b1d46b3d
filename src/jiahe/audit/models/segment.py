"""Sealed stretches of a log, each chained to the one before."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Book(models.TextChoices):
    """The two logs; each is a chain of its own."""

    ACCESS = "access", _("查阅日志")
    JOURNAL = "journal", _("操作日志")


class Segment(models.Model):
    """Rows of one book in the order of `rows` (their ids).

    `hash` covers the hash before, the other fields and each row; whoever has the rows can compute it. `seal` is a keyed
    digest of it, so that nobody without the key can chain a segment.
    """

    book = models.CharField(max_length=8, choices=Book.choices)
    number = models.PositiveIntegerField()
    sealed_at = models.DateTimeField()
    rows = models.JSONField()
    algorithm = models.CharField(max_length=8)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    seal = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["book", "number"], name="segment_number_once")]
        indexes = [models.Index(fields=["book", "sealed_at"], name="audit_segment_sealed_at")]
