"""The score of each enterprise as it is, and every change of it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Unscored(models.TextChoices):
    """Why an enterprise has no score."""

    ENDED = "ended", _("已注销、吊销或撤销")
    YOUNG = "young", _("成立时间过短")
    THIN = "thin", _("数据积累不足")


class Told(models.Model):
    """What is told of one enterprise at one run.

    `points` and `known` are those of the card's characteristics, in the card's order, separated by commas; what is not known
    is empty. `position` is the place among `peers` of the same `division` and `size`; none where either is not known.
    `certainty` says how sure a division is that was inferred, in hundredths of a per cent; it is null where one is registered.
    """

    run = models.BigIntegerField()
    card = models.CharField(max_length=64)
    as_of = models.DateField()
    score = models.IntegerField(null=True)
    band = models.SmallIntegerField(null=True)
    unscored = models.CharField(max_length=5, choices=Unscored.choices, blank=True)
    division = models.CharField(max_length=2, blank=True)
    certainty = models.SmallIntegerField(null=True)
    size = models.CharField(max_length=6, blank=True)
    position = models.IntegerField(null=True)
    peers = models.IntegerField(null=True)
    points = models.TextField(blank=True)
    known = models.TextField(blank=True)

    class Meta:
        abstract = True


class Score(Told):
    """An enterprise's present score, or why it has none."""

    serial = models.BigIntegerField(primary_key=True)


class ScoreChange(Told):
    """What was told since a run; a row for each run that told another score, and for the first one."""

    serial = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["serial", "run"], name="score_change_once")]


class IncomingScore(Told):
    """What a run is about to tell; empty outside its transaction."""

    serial = models.BigIntegerField(primary_key=True)
