"""What recurs with attachments: their time ends, and files that nobody knows are swept."""

from __future__ import annotations

from jiahe.financing.attachments.actions import remove
from jiahe.kit.actor import Actor
from jiahe.kit.jobs import Schedule, declare


def end_retention() -> None:
    """Again deletes nothing."""
    remove.end_retention(actor=Actor.system())


def sweep() -> None:
    remove.sweep(actor=Actor.system())


declare(Schedule("attachments: retention", "jiahe.financing.attachments.tasks.end_retention", "25 3 * * *"))
declare(Schedule("attachments: sweep", "jiahe.financing.attachments.tasks.sweep", "40 3 * * *"))
