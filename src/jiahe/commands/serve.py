"""`jiahe serve`: the web server."""

from __future__ import annotations

import socket
from typing import Annotated

import typer
from django.db import connections
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from jiahe.kit.errors import JiaheError

# Pages are processor work: threads of one process would only wait for each other, with transactions open. A page that
# waits for a slow source holds up one process of several.
THREADS = 1
PROCESSES = 4
# A process told to stop while it still loads does not hear it: it is ended after this long.
STOP_SECONDS = 10


class AddressTaken(JiaheError):
    code = "commands.address_taken"
    status = 409
    template = gettext_lazy("无法在 {host}:{port} 上监听({reason})：请用 --port 换一个端口，或停止占用它的程序。")


def register(app: typer.Typer) -> None:
    app.command(name="serve", help=_("运行网站"))(command)


def command(
    host: Annotated[str, typer.Option(help=_("监听地址；默认仅限本机"))] = "127.0.0.1",
    port: Annotated[int, typer.Option(help=_("端口"))] = 8000,
    processes: Annotated[int, typer.Option(help=_("进程数"))] = PROCESSES,
) -> None:
    """Runs until it is told to stop. Requests are not logged: their addresses name enterprises."""
    _assert_free(host, port)
    connections.close_all()
    print(_("网站在 http://{host}:{port} ，按 Ctrl+C 停止。").format(host=host, port=port), flush=True)
    Granian(
        "jiahe.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=processes,
        blocking_threads=THREADS,
        websockets=False,
        log_level=LogLevels.error,  # it warns of more processes than cores, which are meant
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_SECONDS,
    ).serve()


def _assert_free(host: str, port: int) -> None:
    """The server itself would say so only from within its processes."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise AddressTaken(host=host, port=port, reason=error.strerror) from error
