"""What every row of a log has: it is added, sealed, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, NoReturn, Self
from uuid import uuid4

from django.conf import settings
from django.db import models

from jiahe.kit.actor import Actor
from jiahe.kit.crypto import keyring


class AppendOnlyError(TypeError):
    """Code tried to change or remove a row of a log."""


class AppendOnlyRows(models.QuerySet[Any]):
    def update(self, **_: object) -> NoReturn:
        raise AppendOnlyError

    def delete(self) -> NoReturn:
        raise AppendOnlyError

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        rows = list(objs)
        for row in rows:
            row.sign()
        return super().bulk_create(rows, *args, **kwargs)


def _uid() -> str:
    return uuid4().hex


class Row(models.Model):
    """One thing that an actor did. `digest` is keyed and covers every other field but `segment`.

    `uid` makes two rows that say the same differ, so that a copied row is noticed. `segment` is filled by the sealer.
    """

    uid = models.CharField(max_length=32, unique=True, default=_uid)
    at = models.DateTimeField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    login = models.CharField(max_length=150)
    organisation = models.CharField(max_length=40)
    branch = models.CharField(max_length=40, blank=True)
    role = models.CharField(max_length=20)
    channel = models.CharField(max_length=20)
    digest = models.CharField(max_length=64)
    segment = models.ForeignKey("audit.Segment", on_delete=models.PROTECT, null=True, related_name="+")

    objects = AppendOnlyRows.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnlyError
        self.sign()
        super().save(force_insert=True, using=kwargs.get("using"))

    def delete(self, *args: object, **kwargs: object) -> NoReturn:
        raise AppendOnlyError

    @classmethod
    def by(cls, actor: Actor, **fields: Any) -> Self:
        """A row, not saved yet, that names the actor."""
        return cls(
            user_id=actor.user_id,
            login=actor.login,
            organisation=actor.organisation,
            branch=actor.branch,
            role=actor.role,
            channel=actor.channel,
            **fields,
        )

    def content(self) -> bytes:
        """What the digest covers, in one way of writing."""
        fields = {f.attname: getattr(self, f.attname) for f in self._meta.concrete_fields}
        for name in ("id", "digest", "segment_id"):
            del fields[name]
        return json.dumps(fields, default=_plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()

    def computed_digest(self) -> str:
        return keyring().digest(self.content().decode())

    def sign(self) -> None:
        self.digest = self.computed_digest()


def _plain(value: object) -> str:
    assert isinstance(value, datetime)
    return value.astimezone(UTC).isoformat()
