"""What recurs in gathering: retention and backup, every night; declared sources, each at its own time."""

from __future__ import annotations

from pathlib import Path

from jiahe.catalogue import load
from jiahe.gathering.actions.backup import back_up_by_schedule
from jiahe.gathering.actions.collect import collect
from jiahe.gathering.actions.purge import purge
from jiahe.gathering.connectors import on_demand
from jiahe.gathering.connectors.sources import declarations, find
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


def gather_source(code: str) -> None:
    """Ask a declared source; the same answer again changes nothing."""
    collect(actor=Actor.system(), source=find(code))


def forget_answers() -> None:
    """Remove the answers of on-demand sources whose data life has ended."""
    on_demand.forget()


def declare_sources() -> None:
    """Each declared source at its time. A wrong declaration stops no other job; `jiahe check` tells it."""
    for source in declarations().sources:
        if source.schedule:
            name = f"gathering: source {source.code}"
            declare(Schedule(name, "jiahe.gathering.tasks.gather_source", source.schedule, (source.code,)))


declare_sources()
declare(Schedule("gathering: answers", "jiahe.gathering.tasks.forget_answers", "*/15 * * * *"))
declare(Schedule("gathering: backup", "jiahe.gathering.tasks.back_up", "15 5 * * *"))
declare(Schedule("gathering: retention", "jiahe.gathering.tasks.retain_all", "15 1 * * *"))
