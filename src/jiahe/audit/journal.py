"""The journal: one row for each change, written by the action that makes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jiahe.audit.models import Entry
from jiahe.kit import clock
from jiahe.kit.actor import Actor
from jiahe.kit.rows import add


def write(*, actor: Actor, action: str, subject: str, facts: Mapping[str, Any] | None = None) -> None:
    """Add a row; call it inside the transaction of the change. `facts` hold no phone or identity number."""
    entry = Entry.by(actor, at=clock.now(), action=action, subject=subject, facts=dict(facts or {}))
    entry.sign()
    add(entry)


def about(subject: str) -> list[Entry]:
    """What was done to one thing, the newest first."""
    return list(Entry.objects.filter(subject=subject).order_by("-at", "-pk"))
