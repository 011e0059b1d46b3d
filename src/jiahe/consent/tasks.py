"""What recurs with consents: time ends them, and enterprises are told beforehand."""

from __future__ import annotations

from jiahe.consent.actions import expire
from jiahe.kit.actor import Actor
from jiahe.kit.jobs import Schedule, declare


def expire_all() -> None:
    """Again marks nothing."""
    expire.expire(actor=Actor.system())


def tell_ending() -> None:
    """Each consent once."""
    expire.tell_ending(actor=Actor.system())


declare(Schedule("consent: expiry", "jiahe.consent.tasks.expire_all", "*/10 * * * *"))
declare(Schedule("consent: ending soon", "jiahe.consent.tasks.tell_ending", "5 8 * * *"))
