"""The registry: who is this enterprise, under which names, and under which serial its documents lie."""

from __future__ import annotations

from django.db import models


class Enterprise(models.Model):
    """One enterprise. Its facts are copied from its current registration record; `serial` never changes."""

    serial = models.BigIntegerField(primary_key=True)
    uscc = models.CharField(max_length=18, unique=True)
    name = models.CharField(max_length=200, blank=True, db_index=True)
    initials = models.CharField(max_length=200, blank=True, db_index=True)
    kind = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=20, blank=True)
    area = models.CharField(max_length=12, blank=True)
    industry = models.CharField(max_length=4, blank=True)
    established_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    generated = models.BooleanField(default=False)


class EnterpriseName(models.Model):
    """A name that an enterprise had before; its present one stands in `Enterprise.name`."""

    enterprise = models.ForeignKey(Enterprise, on_delete=models.CASCADE, related_name="former_names")
    name = models.CharField(max_length=200)
    replaced_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["enterprise", "name"], name="enterprise_name_once")]
