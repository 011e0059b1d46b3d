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
from jiahe.notify import relay

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
    cluster.start()
    _take_signals_alone(cluster)
    with _sealing():
        while cluster.sentinel.is_alive():
            _round()
            time.sleep(ROUND_SECONDS)


def _take_signals_alone(cluster: Cluster) -> None:
    """Let this process be told to stop, and tell the others itself.

    A signal to the whole process group would end the sentinel while it holds the lock that stopping it waits for.
    """
    os.setpgid(cluster.sentinel.pid, cluster.sentinel.pid)
    signal.signal(signal.SIGHUP, cluster.sig_handler)


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
    except DatabaseError as error:
        log.warning("outbox: %s", type(error).__name__)
        connections.close_all()
