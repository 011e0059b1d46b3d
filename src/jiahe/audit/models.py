"""Who looked at whose data: one row for each read, written in the transaction of the read, never changed."""

from __future__ import annotations

from django.db import models


class AccessLog(models.Model):
    """One read of one enterprise through the door. Names people by number and login, never by data of theirs."""

    at = models.DateTimeField(db_index=True)
    user_id = models.BigIntegerField(null=True)
    login = models.CharField(max_length=150)
    organisation = models.CharField(max_length=100)
    role = models.CharField(max_length=30)
    channel = models.CharField(max_length=20)
    serial = models.BigIntegerField(db_index=True)
    uscc = models.CharField(max_length=18)
    purpose = models.CharField(max_length=30)
    categories = models.JSONField()
    withheld = models.JSONField()
    records = models.IntegerField()
