"""What recurs in gathering: retention and backup, every night."""

from __future__ import annotations

from pathlib import Path

from jiahe.catalogue import load
from jiahe.gathering.actions.backup import back_up_by_schedule
from jiahe.gathering.actions.purge import purge
from jiahe.kit.actor import Actor
from jiahe.kit.configuration import setting
from jiahe.kit.jobs import Schedule, declare, enqueue


def retain_all() -> None:
    """One job for each category, so that one that fails does not stop the others."""
    for code in load().categories:
        enqueue("jiahe.gathering.tasks.retain_one", code)


def retain_one(code: str) -> None:
    """Remove what retention has ended; again removes nothing."""
    purge(actor=Actor.system(), category=load().categories[code])


def back_up() -> None:
    """A backup into the configured folder; nothing where none is configured."""
    if place := setting("JIAHE_BACKUPS"):
        back_up_by_schedule(Path(place))


declare(Schedule("gathering: backup", "jiahe.gathering.tasks.back_up", "15 5 * * *"))
declare(Schedule("gathering: retention", "jiahe.gathering.tasks.retain_all", "15 1 * * *"))
