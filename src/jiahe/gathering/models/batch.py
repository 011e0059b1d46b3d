"""The ledger: every delivery, what became of it, and which version of the lake it made."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class BatchState(models.TextChoices):
    RUNNING = "running", _("处理中")
    DONE = "done", _("已完成")
    REFUSED = "refused", _("已拒绝")
    INTERRUPTED = "interrupted", _("已中断")


class LoadMode(models.TextChoices):
    CHANGES = "changes", _("增量")
    FULL = "full", _("全量")


class Outside(models.TextChoices):
    """Whose a source is that belongs to none of the 27 departments; its deliveries are counted apart."""

    PROVINCE = "province", _("省级")
    COLLECTED = "collected", _("公开采集")


class Batch(models.Model):
    """One call of gather for one category. Its id orders the versions of a record in the lake."""

    category = models.CharField(max_length=4, db_index=True)
    source = models.CharField(max_length=100)
    outside = models.CharField(max_length=9, choices=Outside.choices, blank=True, default="")
    filename = models.CharField(max_length=500)
    file_sha256 = models.CharField(max_length=64)
    mode = models.CharField(max_length=7, choices=LoadMode.choices)
    state = models.CharField(max_length=11, choices=BatchState.choices, default=BatchState.RUNNING)
    actor_login = models.CharField(max_length=150)
    generated = models.BooleanField(default=False)
    read = models.BigIntegerField(default=0)
    accepted = models.BigIntegerField(default=0)
    quarantined = models.BigIntegerField(default=0)
    inserted = models.BigIntegerField(default=0)
    updated = models.BigIntegerField(default=0)
    unchanged = models.BigIntegerField(default=0)
    withdrawn = models.BigIntegerField(default=0)
    unknown_columns = models.JSONField(default=list)
    newest_business_date = models.DateField(null=True)
    lake_version = models.BigIntegerField(null=True)
    seconds = models.FloatField(null=True)
    problem = models.TextField(blank=True)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["category", "-id"])]
