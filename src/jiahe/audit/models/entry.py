"""What was changed: the journal that actions write, in the transaction of the change."""

from __future__ import annotations

from django.db import models

from jiahe.audit.models.row import Row


class Entry(Row):
    """One change. `action` is its dotted name, `subject` what it was done to as `kind:id`.

    `facts` hold codes, states and numbers, never a phone or identity number.
    """

    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=80)
    facts = models.JSONField()

    class Meta:
        indexes = [
            models.Index(fields=["subject", "-at"]),
            models.Index(fields=["at"], name="audit_entry_at"),
            models.Index(fields=["login", "at"], name="audit_entry_login"),
            models.Index(fields=["id"], name="audit_entry_unsealed", condition=models.Q(segment=None)),
        ]
