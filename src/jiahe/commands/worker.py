"""`jiahe worker`: do the jobs that wait, and start those that recur."""

from __future__ import annotations

import typer
from django.db import connections
from django.utils.translation import gettext as _
from django_q.cluster import Cluster

from jiahe.kit import jobs


def register(app: typer.Typer) -> None:
    app.command(name="worker", help=_("处理后台作业与定时作业"))(command)


def command() -> None:
    """Runs until it is told to stop; a job in hand is finished first."""
    for schedule in jobs.synchronise():
        print(f"{schedule.cron:<16} {schedule.name}", flush=True)
    print(_("后台作业已开始处理，按 Ctrl+C 停止。"), flush=True)
    # The workers are copies of this process: a connection shared with them would mix up their answers.
    connections.close_all()
    Cluster().start()
