"""The ledger of runs: features made of the lake's records, and scores of them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Reach(models.TextChoices):
    """Whom a run takes: everybody, or those about whom something new was gathered."""

    EVERYBODY = "everybody", _("全部企业")
    TOUCHED = "touched", _("有新数据的企业")


class RunState(models.TextChoices):
    RUNNING = "running", _("进行中")
    DONE = "done", _("已完成")
    FAILED = "failed", _("未完成")


class Run(models.Model):
    """One run. `batches` names the newest batch of each category that it knew: the lake's version.

    `files` are the features of everybody, below the lake's place; a run of those touched keeps none. `card` is the digest
    of the card that scored, empty where none is published.
    """

    reach = models.CharField(max_length=9, choices=Reach.choices)
    state = models.CharField(max_length=7, choices=RunState.choices, default=RunState.RUNNING)
    as_of = models.DateField()
    card = models.CharField(max_length=64, blank=True)
    batches = models.JSONField(default=dict)
    files = models.JSONField(default=list)
    enterprises = models.IntegerField(default=0)
    scored = models.IntegerField(default=0)
    changed = models.IntegerField(default=0)
    problem = models.TextField(blank=True)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(reach__in=Reach.values), name="run_reach_known"),
            models.CheckConstraint(condition=models.Q(state__in=RunState.values), name="run_state_known"),
        ]
