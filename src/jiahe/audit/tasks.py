"""What recurs in the audit: a verification every night, and once a month the removal of what is old enough."""

from __future__ import annotations

import logging

from jiahe.audit.actions.remove import remove
from jiahe.audit.actions.verify import verify
from jiahe.kit.actor import Actor
from jiahe.kit.jobs import Schedule, declare

log = logging.getLogger(__name__)


def verify_all() -> None:
    """Verify both books; a fault is in the journal, on the audit administrator's page and in the log."""
    _verify(Actor.system())


def verify_for(user_id: int, login: str, organisation: str, role: str) -> None:
    """The same, asked for by a person on a page."""
    _verify(Actor(user_id, login, organisation, role, "portal"))


def _verify(actor: Actor) -> None:
    if fault := verify(actor=actor).fault:
        log.error("audit: %s in book %s, row %s, segment %s", fault.kind, fault.book, fault.row, fault.segment)


def remove_old() -> None:
    """Remove what retention has ended and an export holds; again removes nothing."""
    remove(actor=Actor.system())


declare(Schedule("audit: verification", "jiahe.audit.tasks.verify_all", "45 4 * * *"))
declare(Schedule("audit: retention", "jiahe.audit.tasks.remove_old", "45 2 2 * *"))
