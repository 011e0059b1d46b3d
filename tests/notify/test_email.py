"""E-mail against a mail server in a thread, which misbehaves when it is told to."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

import pytest

from jiahe.notify.channels import email
from jiahe.notify.providers import Letter, NotDelivered, Uncertain

LETTER = Letter(
    "abc", "desk@bank.example", "一家企业撤回了订单D1。", title="企业已撤回", link="https://credit.example/x/"
)


@contextmanager
def server(after_data: bytes) -> Iterator[tuple[str, list[str]]]:
    """One session; `after_data` answers the message (empty: the connection is cut)."""
    lines: list[str] = []
    listening = socket.create_server(("127.0.0.1", 0))

    def talk() -> None:
        connection, _ = listening.accept()
        with connection, connection.makefile("rwb", buffering=0) as file:
            file.write(b"220 here\r\n")
            in_data = False
            while line := file.readline():
                lines.append(line.decode().strip())
                if in_data and lines[-1] != ".":
                    continue
                if in_data and not after_data:
                    return
                answer = after_data if in_data else b"354 go" if lines[-1] == "data" else b"250 ok"
                in_data = lines[-1] == "data"
                file.write(answer + b"\r\n")

    thread = Thread(target=talk, daemon=True)
    thread.start()
    with listening:
        yield f"smtp+plain://127.0.0.1:{listening.getsockname()[1]}", lines
        thread.join(5)


@pytest.fixture(autouse=True)
def _sender(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIAHE_MAIL_FROM", "notice@credit.example")


def test_it_carries_the_number_of_the_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    with server(b"250 taken") as (address, lines):
        monkeypatch.setenv("JIAHE_MAIL", address)
        email.send(LETTER)
    assert "rcpt TO:<desk@bank.example>" in lines
    assert "Message-ID: <abc@credit.example>" in lines


def test_a_refusal_is_told_from_a_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    for after_data, doubt in ((b"451 not now", NotDelivered), (b"", Uncertain)):
        with server(after_data) as (address, _):
            monkeypatch.setenv("JIAHE_MAIL", address)
            with pytest.raises(doubt) as caught:
                email.send(LETTER)
        assert type(caught.value) is doubt
    with pytest.raises(NotDelivered, match="ConnectionRefusedError"):
        email.send(LETTER)
    monkeypatch.delenv("JIAHE_MAIL")
    with pytest.raises(NotDelivered, match="JIAHE_MAIL"):
        email.send(LETTER)
