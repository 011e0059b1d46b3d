"""Thirty-two readers at once: what stops a consent stops every read that begins after it has returned."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from jiahe import profiles
from jiahe.audit.models import AccessLog
from jiahe.consent.actions.pause import pause
from jiahe.consent.actions.revoke import revoke
from jiahe.consent.models import ConsentUse
from jiahe.consent.terms import Terms
from jiahe.kit.actor import Actor
from jiahe.kit.errors import JiaheError
from tests.consent.scene import COMPANY, given, manager, monthly, owner, settle, terms
from tests.profiles.files import ORDINARY, hold

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True, databases="__all__")]

READERS = 32
READS_AFTER = 3
SHOWN = "shown"
Stop = Callable[[Actor, str], object]


def _at(moment: str) -> Stop:
    """Time moves on, for all readers at once."""
    return lambda by, number: os.environ.update(JIAHE_NOW=moment)


BEFORE, AFTER = terms(categories=(ORDINARY,)), monthly(1, categories=(ORDINARY,))
STOPS: dict[str, tuple[Terms, Stop, str]] = {
    "revoked": (BEFORE, lambda by, number: revoke(actor=by, number=number), "consent.revoked"),
    "paused": (BEFORE, lambda by, number: pause(actor=by, number=number), "consent.paused"),
    "expired": (BEFORE, _at("2026-12-25T00:00"), "consent.expired"),
    "used up": (terms(categories=(ORDINARY,), subject_ref=""), _at("2026-11-26T10:00"), "consent.used_up"),
    "frequency": (AFTER, _at("2026-11-26T10:00"), "consent.frequency"),
}


@pytest.mark.parametrize("stop", STOPS)
def test_no_read_that_begins_after_it_is_let_in(stop: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIAHE_NOW", "2026-11-25T10:00")
    settle(COMPANY)
    hold(ORDINARY, COMPANY.serial, {"insurance_kind": "a"})
    agreed, act, code = STOPS[stop]
    by, number = owner(), given(agreed).number
    reads, stopped = read_often(agreed.purpose, lambda: act(by, number))
    assert {how for _, how in reads} == {SHOWN, code}
    assert {how for began, how in reads if began >= stopped} == {code}
    logged = [AccessLog.objects.filter(records=n, consents=c).count() for n, c in ((1, [number]), (0, []))]
    assert logged == [sum(how == one for _, how in reads) for one in (SHOWN, code)]
    assert ConsentUse.objects.count() == 1


def read_often(purpose: str, act: Callable[[], object]) -> tuple[list[tuple[float, str]], float]:
    """When each read of 32 readers began and how it ended; and when what stops them had returned, amid their reads."""
    actor, ready, reading, stopped = manager(), threading.Barrier(READERS), threading.Semaphore(0), threading.Event()

    def reader(_: int) -> list[tuple[float, str]]:
        ready.wait()
        try:
            before = [one() for _ in iter(stopped.is_set, True)]
            return before + [one() for _ in range(READS_AFTER)]
        finally:
            connection.close()

    def one() -> tuple[float, str]:
        began = time.monotonic()
        try:
            profile = profiles.read(actor=actor, enterprise=COMPANY.uscc, categories=[ORDINARY], purpose=purpose)
            how = SHOWN if len(profile.records[ORDINARY]) == 1 else "nothing"
        except JiaheError as refusal:
            how = refusal.code
        reading.release()
        return began, how

    with ThreadPoolExecutor(READERS) as pool:
        running = [pool.submit(reader, i) for i in range(READERS)]
        for _ in range(2 * READERS):
            reading.acquire()
        try:
            act()
            at = time.monotonic()
        finally:
            stopped.set()
        return [read for some in running for read in some.result()], at
