"""Who looked at which enterprise, when, through which channel, why, under which consent, and at what."""

from __future__ import annotations

from django.db import models

from jiahe.audit.models.row import Row


class AccessLog(Row):
    """One read. `user` is empty where the platform itself read; the enterprise is named by serial and code.

    `consents` are the numbers of the consents that opened what was read.
    """

    serial = models.BigIntegerField()
    uscc = models.CharField(max_length=18)
    purpose = models.CharField(max_length=40)
    categories = models.JSONField()
    withheld = models.JSONField()
    consents = models.JSONField(default=list)
    records = models.PositiveIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["serial", "-at"]),
            models.Index(fields=["at"], name="audit_access_at"),
            models.Index(fields=["login", "at"], name="audit_access_login"),
            models.Index(fields=["id"], name="audit_access_unsealed", condition=models.Q(segment=None)),
        ]
