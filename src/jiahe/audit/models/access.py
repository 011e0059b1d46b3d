"""Who looked at which enterprise, when, through which channel, why, and at what."""

from __future__ import annotations

from typing import Any, NoReturn

from django.conf import settings
from django.db import models


class AppendOnlyError(TypeError):
    """Code tried to change or remove a row of a log."""


class AppendOnlyRows(models.QuerySet["AccessLog"]):
    def update(self, **_: object) -> NoReturn:
        raise AppendOnlyError

    def delete(self) -> NoReturn:
        raise AppendOnlyError


class AccessLog(models.Model):
    """One read. `user` is empty where the platform itself read; the enterprise is named by serial and code."""

    at = models.DateTimeField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    login = models.CharField(max_length=150)
    organisation = models.CharField(max_length=40)
    role = models.CharField(max_length=20)
    channel = models.CharField(max_length=20)
    serial = models.BigIntegerField()
    uscc = models.CharField(max_length=18)
    purpose = models.CharField(max_length=40)
    categories = models.JSONField()
    withheld = models.JSONField()
    records = models.PositiveIntegerField()

    objects = AppendOnlyRows.as_manager()

    class Meta:
        indexes = [models.Index(fields=["serial", "-at"])]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnlyError
        super().save(force_insert=True, using=kwargs.get("using"))

    def delete(self, *args: object, **kwargs: object) -> NoReturn:
        raise AppendOnlyError
