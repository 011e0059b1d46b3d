"""Work done outside a request: one queue in the relational database, and what recurs, declared in code.

A job is a function named by its dotted path and plain arguments (ids, codes). It runs at least once: a worker
that dies leaves its job to be handed out again, so that a job must be idempotent. Enqueueing belongs to the
caller's transaction. An app declares what recurs in its module `tasks`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from croniter import croniter
from django.db import transaction
from django.utils.module_loading import autodiscover_modules, import_string
from django_q.models import OrmQ
from django_q.models import Schedule as Row
from django_q.tasks import async_task

from jiahe.kit import clock

Argument = str | int | bool | None


@dataclass(frozen=True)
class Schedule:
    """A job that recurs; `cron` has five fields, in the city's time."""

    name: str
    task: str
    cron: str
    arguments: tuple[Argument, ...] = ()

    def next_after(self, moment: datetime) -> datetime:
        found: datetime = croniter(self.cron, moment).get_next(datetime)
        return found


_declared: dict[str, Schedule] = {}


def enqueue(task: str, *arguments: Argument) -> str:
    """Hand a job to the workers and give its id; `ImportError` for a function that does not exist."""
    import_string(task)
    return str(async_task(task, *arguments))


def declare(schedule: Schedule) -> None:
    """Say once, when an app's `tasks` are imported, that a job recurs; a wrong cron line raises `ValueError`."""
    schedule.next_after(clock.now())
    known = _declared.setdefault(schedule.name, schedule)
    if known != schedule:
        raise ValueError(f"two schedules are named {schedule.name}")


@transaction.atomic
def synchronise() -> list[Schedule]:
    """Make the stored schedules those that the code declares; what is unchanged keeps its next run."""
    autodiscover_modules("tasks")
    Row.objects.exclude(name__in=_declared).delete()
    for schedule in _declared.values():
        wanted = {"func": schedule.task, "cron": schedule.cron, "args": repr(schedule.arguments)}
        if not Row.objects.filter(name=schedule.name, **wanted).exists():
            fixed = {**wanted, "schedule_type": Row.CRON, "next_run": schedule.next_after(clock.now())}
            Row.objects.update_or_create(name=schedule.name, defaults=fixed)
    return list(_declared.values())


@dataclass(frozen=True)
class Queue:
    """How many jobs wait, how many are being done, and since when the oldest waits."""

    waiting: int
    running: int
    oldest: datetime | None


def queue() -> Queue:
    """A job's lock is the moment from which it may be handed out: in the past while it waits."""
    now = clock.now()
    waiting = OrmQ.objects.filter(lock__lte=now).order_by("lock")
    first = waiting.first()
    running = OrmQ.objects.filter(lock__gt=now).count()
    return Queue(waiting.count(), running, first.lock if first else None)
