"""What the processes share about sources that are asked at the moment of reading."""

from __future__ import annotations

from django.db import models


class Breaker(models.Model):
    """A source that has failed; a source that answers has no row. Open (not asked) until `opened_until`."""

    source = models.CharField(max_length=50, primary_key=True)
    failures = models.PositiveIntegerField(default=0)
    opened_until = models.DateTimeField(null=True)


class Answer(models.Model):
    """The last answer about one enterprise, encrypted, for as long as its data life lasts."""

    source = models.CharField(max_length=50)
    serial = models.BigIntegerField()
    asked_at = models.DateTimeField(db_index=True)
    body = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "serial"], name="gathering_answer_once")]
