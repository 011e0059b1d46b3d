"""What a month's watch of the card in use found."""

from __future__ import annotations

from django.db import models

from jiahe.scoring.models.card_version import CardVersion


class Monitoring(models.Model):
    """One row a card and month (its first day). `drift` is by feature; `alarms` and `attention` are codes of `watch`.

    `expected`, `observed` and `ks` are of the enterprises as they were on `observed_on`; null until outcomes have come.
    """

    version = models.ForeignKey(CardVersion, on_delete=models.PROTECT, related_name="+")
    month = models.DateField()
    as_of = models.DateField()
    enterprises = models.PositiveIntegerField()
    psi = models.FloatField()
    drift = models.JSONField()
    observed_on = models.DateField(null=True)
    known = models.PositiveIntegerField(null=True)
    expected = models.FloatField(null=True)
    observed = models.PositiveIntegerField(null=True)
    ks = models.FloatField(null=True)
    attention = models.JSONField()
    alarms = models.JSONField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "month"], name="monitoring_once_a_month"),
            models.CheckConstraint(
                condition=models.Q(observed_on=None, known=None, expected=None, observed=None, ks=None)
                | models.Q(
                    observed_on__isnull=False,
                    known__isnull=False,
                    expected__isnull=False,
                    observed__isnull=False,
                    ks__isnull=False,
                ),
                name="monitoring_outcomes_whole",
            ),
        ]
