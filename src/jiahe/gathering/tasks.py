"""What recurs in gathering: retention, every night."""

from __future__ import annotations

from jiahe.catalogue import load
from jiahe.gathering.actions.purge import purge
from jiahe.kit.actor import Actor
from jiahe.kit.jobs import Schedule, declare, enqueue


def retain_all() -> None:
    """One job for each category, so that one that fails does not stop the others."""
    for code in load().categories:
        enqueue("jiahe.gathering.tasks.retain_one", code)


def retain_one(code: str) -> None:
    """Remove what retention has ended; again removes nothing."""
    purge(actor=Actor.system(), category=load().categories[code])


declare(Schedule("gathering: retention", "jiahe.gathering.tasks.retain_all", "15 1 * * *"))
