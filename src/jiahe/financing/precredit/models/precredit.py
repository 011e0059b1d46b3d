"""What goes with a request that an enterprise makes by its credit points."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from jiahe.financing.models import FinancingRequest
from jiahe.financing.precredit.models.rule import LimitRule
from jiahe.scoring.points.models import SystemVersion


class Precredit(models.Model):
    """The rule that the enterprise saw; from the submission on also its points and limit as they were then.

    `made_of` is a list of the dimensions, each with `name` in both languages, `points` and `most`: no value behind them.
    `limit` is in yuan.
    """

    request = models.OneToOneField(FinancingRequest, on_delete=models.CASCADE, related_name="precredit")
    rule = models.ForeignKey(LimitRule, on_delete=models.PROTECT, related_name="+")
    system = models.ForeignKey(SystemVersion, on_delete=models.PROTECT, null=True, related_name="+")
    points = models.PositiveIntegerField(null=True)
    most = models.PositiveIntegerField(null=True)
    made_of = models.JSONField(null=True)
    limit = models.BigIntegerField(null=True)
    as_of = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    attached_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(attached_at=None)
                | Q(
                    system__isnull=False,
                    points__isnull=False,
                    most__isnull=False,
                    limit__gt=0,
                    as_of__isnull=False,
                    valid_until__isnull=False,
                ),
                name="precredit_whole_once_attached",
            )
        ]
