"""Whatever the SMS service does and whenever the worker is killed, every message arrives in the end, and once.

Service and worker are processes of their own. The service never drops a second copy: it lists whatever was sent.
"""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from tests.conftest import Installation
from tests.notify.gateway import UNREACHED
from tests.notify.standing_in import StandIn, standing_in

PATIENCE = 120
EACH = 2
WRITE = """
from jiahe.notify.outbox import send_sms
for phone in {phones}:
    send_sms(phone=phone, template="code", facts={{"code": phone[-6:], "minutes": 5}})
"""
STATES = """
import json
from jiahe.kit.crypto import keyring
from jiahe.notify.models import Outgoing
rows = Outgoing.objects.values_list("uid", "recipient", "state", "facts", "attempts")
print(json.dumps([[uid, keyring().decrypt(to), state, bool(facts), n] for uid, to, state, facts, n in rows]))
"""
Row = tuple[str, str, str, bool, int]


def rows(installation: Installation) -> list[Row]:
    return [
        (uid, to, state, bool(facts), int(n)) for uid, to, state, facts, n in json.loads(installation.python(STATES))
    ]


def until(installation: Installation, states: set[str]) -> list[Row]:
    """The messages, once all are in these states."""
    end = time.monotonic() + PATIENCE
    found = rows(installation)
    while {row[2] for row in found} - states and time.monotonic() < end:
        time.sleep(0.5)
        found = rows(installation)
    return found


@contextmanager
def worker(installation: Installation, stand_in: StandIn) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "tests.notify.short_waits"]
    with subprocess.Popen(command, env=installation.environment | stand_in.settings) as process:
        try:
            yield process
        finally:
            process.kill()


def test_every_fault_of_the_service_and_a_worker_killed_again_and_again(installation: Installation) -> None:
    installation.run("check")
    phones = [f"17000{fault}{serial:05}" for serial in range(EACH) for fault in range(10)]
    installation.python(WRITE.format(phones=phones))
    with standing_in() as stand_in:
        for seconds in (1.6, 2.3):
            with worker(installation, stand_in) as process:
                time.sleep(seconds)
                process.send_signal(signal.SIGKILL)
        with worker(installation, stand_in):
            found = until(installation, {"delivered", "failed"})
        taken = stand_in.taken()
    assert Counter(one["OutId"] for one in taken) == Counter({uid: 1 for uid, *_ in found})
    assert {one["OutId"]: one["PhoneNumbers"] for one in taken} == {uid: to for uid, to, *_ in found}
    assert sorted(one["PhoneNumbers"] for one in taken) == sorted(phones)
    assert {one["TemplateParam"] for one in taken} == {json.dumps({"code": p[-6:], "minutes": "5"}) for p in phones}
    unreached = {to for _, to, state, *_ in found if state == "failed"}
    assert unreached == {phone for phone in phones if phone[5] == str(UNREACHED)}
    assert not any(has_words for *_, has_words, _ in found)


def test_while_nobody_listens_messages_wait_and_then_go_out_once(installation: Installation) -> None:
    installation.run("check")
    installation.python(WRITE.format(phones=["17000000001", "17000000002"]))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    away = StandIn(f"http://127.0.0.1:{port}")
    with worker(installation, away):
        end = time.monotonic() + PATIENCE
        while min(row[4] for row in rows(installation)) < 2 and time.monotonic() < end:
            time.sleep(0.2)
        with standing_in(port) as stand_in:
            found = until(installation, {"delivered"})
            taken = stand_in.taken()
    assert sorted(one["OutId"] for one in taken) == sorted(uid for uid, *_ in found)
    assert {state for _, _, state, *_ in found} == {"delivered"}


def test_what_was_written_while_the_worker_stood_still_goes_out_when_it_is_back(installation: Installation) -> None:
    installation.run("check")
    phones = [f"1700000{serial:04}" for serial in range(40)]
    with standing_in() as stand_in:
        for part in (phones[:20], phones[20:]):
            installation.python(WRITE.format(phones=part))
            process = installation.start("worker", **stand_in.settings)
            found = until(installation, {"sent", "delivered"})
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=PATIENCE)
        taken = stand_in.taken()
    assert sorted(one["PhoneNumbers"] for one in taken) == phones
    assert sorted(one["OutId"] for one in taken) == sorted(uid for uid, *_ in found)
