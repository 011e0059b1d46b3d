"""What came of loans, as institutions reported it: what a card is trained and tested on."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Default(models.TextChoices):
    """The two ways in which a loan defaults."""

    OVERDUE = "overdue", _("逾期超过 90 天")
    WRITTEN_OFF = "written_off", _("已核销")


class Outcome(models.Model):
    """An enterprise's loan was more than 90 days overdue, or written off, from `defaulted_on` on.

    It is what `source` said on `reported_on`: an institution's code, or the source that a file names. `loan` is the order's
    number where the platform carried the loan, else empty; `kind` is empty where a file does not say which of the two it
    was. Rows are added, never changed: of what one source said of one loan the newest report counts, and one without
    `defaulted_on` takes back what was reported in error. An enterprise has defaulted from the earliest day that counts.
    """

    serial = models.BigIntegerField()
    uscc = models.CharField(max_length=18)
    source = models.CharField(max_length=100)
    loan = models.CharField(max_length=24, blank=True)
    kind = models.CharField(max_length=11, choices=Default.choices, blank=True)
    defaulted_on = models.DateField(null=True)
    reported_on = models.DateField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["serial", "source", "loan", "kind", "reported_on"], name="outcome_once"),
            models.CheckConstraint(condition=models.Q(kind__in=["", *Default.values]), name="outcome_kind_known"),
            models.CheckConstraint(
                condition=models.Q(defaulted_on=None) | models.Q(defaulted_on__lte=models.F("reported_on")),
                name="outcome_reported_afterwards",
            ),
        ]
