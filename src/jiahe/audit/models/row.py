"""What every row of a log has: it is added, sealed, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC
from typing import Any, NoReturn, Self
from uuid import uuid4

import orjson
from django.conf import settings
from django.db import models

from jiahe.kit.actor import Actor
from jiahe.kit.crypto import keyring
from jiahe.kit.rows import insertion
from jiahe.kit.statements import Rows

# Given by the database, computed from the rest, filled by the sealer.
OUTSIDE = frozenset({"id", "digest", "segment_id"})


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
    """One thing that an actor did. `digest` is keyed and covers every other field but `id` and `segment`,
    which the segment's hash covers.

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
        """Add the row, and know its number."""
        self.pk = self.send()()[0][0]

    def send(self) -> Rows:
        """Add the row, without waiting for its number.

        One INSERT whose text is made once, because every read and every change waits for it.
        """
        if not self._state.adding:
            raise AppendOnlyError
        self.sign()
        self._state.adding = False
        return insertion(self)

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

    def computed_digest(self) -> str:
        fields = {f.attname: getattr(self, f.attname) for f in self._meta.concrete_fields}
        return digest(content({name: value for name, value in fields.items() if name not in OUTSIDE}))

    def sign(self) -> None:
        self.digest = self.computed_digest()


def content(fields: Mapping[str, Any]) -> bytes:
    """What the digest covers of a row: the other fields, in one way of writing. `TypeError` for what no row holds."""
    plain = {**fields, "at": fields["at"].astimezone(UTC).isoformat()}
    return orjson.dumps(plain, option=orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS)


def digest(written: bytes) -> str:
    return keyring().digest(written.decode())
