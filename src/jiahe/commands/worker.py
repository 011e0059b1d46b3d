"""`jiahe worker`: do the jobs that wait, start those that recur, and carry out what waits in the outbox."""

from __future__ import annotations

import logging
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

import typer
from django.db import DatabaseError, connections
from django.utils.translation import gettext as _
from django_q.cluster import Cluster

from jiahe.audit.sealing import keep_sealing
from jiahe.kit import jobs
from jiahe.kit.priority import step_back
from jiahe.notify import receipts, relay

ROUND_SECONDS = 1

log = logging.getLogger(__name__)


def register(app: typer.Typer) -> None:
    app.command(name="worker", help=_("处理后台作业与定时作业"))(command)


def command() -> None:
    """Runs until it is told to stop; a job in hand is finished first. Seals the audit books meanwhile."""
    for schedule in jobs.synchronise():
        print(f"{schedule.cron:<16} {schedule.name}", flush=True)
    print(_("后台作业已开始处理，按 Ctrl+C 停止。"), flush=True)
    # The workers are copies of this process: a connection shared with them would mix up their answers.
    connections.close_all()
    cluster = Cluster()
    told = _listen()
    # A signal to the whole process group would end one of the others while it holds a lock that the rest wait for.
    os.register_at_fork(after_in_child=_apart)
    cluster.start()
    with _sealing():
        while cluster.sentinel.is_alive() and not told:
            _round()
            time.sleep(ROUND_SECONDS)
        cluster.stop()


def _apart() -> None:
    """Jobs step back behind pages; sealing and the outbox, which stay with this process, do not."""
    os.setpgrp()
    step_back()


def _listen() -> list[int]:
    """The signals to stop, as they come. The cluster's own handler stops within the signal, where it can wait for a
    lock that this very process holds."""
    told = list[int]()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda number, _frame: told.append(number))
    return told


@contextmanager
def _sealing() -> Iterator[None]:
    """The sealer of the audit books: in a thread, so that a signal never waits for it nor it for the outbox."""
    ended = Event()
    sealer = Thread(target=keep_sealing, args=(ended,), name="sealer")
    sealer.start()
    try:
        yield
    finally:
        ended.set()
        sealer.join()


def _round() -> None:
    """What this process itself does while the workers work; a database that is away is tried again."""
    try:
        while relay.drain():
            pass
        receipts.collect()
    except DatabaseError as error:
        log.warning("outbox: %s", type(error).__name__)
        connections.close_all()
