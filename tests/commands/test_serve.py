"""The web server as it is started, with its processes, and asked over HTTP."""

import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from email.message import Message
from http.client import HTTPConnection

import pytest

from tests.conftest import Installation

PATIENCE = 30


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture
def server(installation: Installation, port: int) -> Iterator[subprocess.Popen[str]]:
    process = installation.start("serve", "--port", str(port), JIAHE_DEMO="1")
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=PATIENCE)


def get(port: int, path: str) -> tuple[int, Message]:
    """Status and headers of an answer, as soon as somebody listens."""
    end = time.monotonic() + PATIENCE
    while True:
        with closing(HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as connection:
            try:
                connection.request("GET", path)
                answer = connection.getresponse()
                return answer.status, answer.headers
            except ConnectionRefusedError:
                if time.monotonic() > end:
                    raise
        time.sleep(0.1)


def test_it_answers_and_sends_strangers_to_the_sign_in(server: subprocess.Popen[str], port: int) -> None:
    status, headers = get(port, "/authority/")
    assert (status, headers["Location"]) == (302, "/sign-in/?next=/authority/")
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert get(port, "/static/vendor/tabler.min.css")[0] == 200


def test_it_stops_when_told_to(installation: Installation, port: int) -> None:
    process = installation.start("serve", "--port", str(port))
    get(port, "/")
    process.send_signal(signal.SIGTERM)
    out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, err) == (0, "")
    assert out == f"网站在 http://127.0.0.1:{port} ，按 Ctrl+C 停止。\n"


def test_a_port_in_use_is_one_sentence(installation: Installation) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = installation.run("serve", "--port", str(port), code=2)
    assert done.stdout == ""
    assert done.stderr.startswith(f"无法在 127.0.0.1:{port} 上监听(")
