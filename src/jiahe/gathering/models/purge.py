"""The proof that retention was carried out: what was removed, under which rule, from where, when, by whom."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class PurgeState(models.TextChoices):
    RUNNING = "running", _("处理中")
    DONE = "done", _("已完成")
    ABANDONED = "abandoned", _("已中断")  # nothing was removed under this row


class PurgePlace(models.TextChoices):
    LAKE = "lake", _("湖与信用档案")
    QUARANTINE = "quarantine", _("隔离区")


class Purge(models.Model):
    """One removal of records of one category. The keys themselves are not kept, only a keyed digest of them.

    `files` names the lake's files that were written anew, or the batches whose quarantine was. They are removed
    from the disk once no reader can be reading them; that moment is `erased_at`.
    """

    category = models.CharField(max_length=4, db_index=True)
    place = models.CharField(max_length=10, choices=PurgePlace.choices)
    rule = models.CharField(max_length=40)
    limit = models.PositiveIntegerField()  # in years or days, as the rule says
    ended_before = models.DateField()
    records = models.BigIntegerField()
    versions = models.BigIntegerField()
    keys_digest = models.CharField(max_length=64)
    files = models.JSONField(default=list)
    from_version = models.BigIntegerField(null=True)
    to_version = models.BigIntegerField(null=True)
    state = models.CharField(max_length=9, choices=PurgeState.choices, default=PurgeState.RUNNING)
    actor_login = models.CharField(max_length=150)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["category", "-id"])]
