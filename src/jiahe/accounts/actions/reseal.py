"""Seal what people and their accounts have encrypted with the newest key."""

from __future__ import annotations

import re
from typing import Any

from django.apps import apps
from django.db import models, transaction

from jiahe.audit.journal import write
from jiahe.kit.actor import Actor
from jiahe.kit.crypto import keyring

# Every column of the relational database that holds sealed texts, alone or within JSON.
SEALED: dict[str, tuple[str, ...]] = {
    "accounts.User": ("phone", "identity"),
    "accounts.Invitation": ("phone",),
    "mfa.Authenticator": ("data",),
    "notify.Outgoing": ("recipient", "facts"),
    "notify.Address": ("value", "secret"),
    "gathering.Answer": ("body",),
    "financing.FinancingRequest": ("contact", "phone"),
    "attachments.Attachment": ("key",),
}
PATTERN = re.compile(r"[vs]\d+:[A-Za-z0-9+/=]+")


def reseal(*, actor: Actor) -> int:
    """Give how many rows were sealed anew; again gives 0. Digests stay as they are."""
    counts = {label: _model(apps.get_model(label), columns) for label, columns in SEALED.items()}
    total = sum(counts.values())
    if total:
        with transaction.atomic():
            facts = {"mark": keyring().mark, **{label: n for label, n in counts.items() if n}}
            write(actor=actor, action="keys.reseal", subject="accounts:all", facts=facts)
    return total


def _model(model: type[models.Model], columns: tuple[str, ...]) -> int:
    """Row by row; one that somebody changes meanwhile is sealed anew by that change."""
    count = 0
    rows: models.QuerySet[models.Model] = models.QuerySet(model)
    for key, *values in rows.order_by("pk").values_list("pk", *columns).iterator(chunk_size=1000):
        old = dict(zip(columns, values, strict=True))
        new = {name: resealed(value) for name, value in old.items()}
        if new != old:
            count += rows.filter(pk=key, **old).update(**new)
    return count


def resealed(value: Any) -> Any:
    """A value with every sealed text in it sealed anew."""
    if isinstance(value, str):
        return keyring().resealed(value) if PATTERN.fullmatch(value) else value
    if isinstance(value, list):
        return [resealed(one) for one in value]
    if isinstance(value, dict):
        return {name: resealed(one) for name, one in value.items()}
    return value
