"""What leaves the platform: with its transaction or not at all, at least once, and nothing readable is kept."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import transaction

from jiahe.audit.models import Entry
from jiahe.kit import clock
from jiahe.kit.actor import Actor
from jiahe.notify import delivery, providers, relay
from jiahe.notify.actions.resend import resend
from jiahe.notify.actions.settle import settle
from jiahe.notify.delivery import Outcome
from jiahe.notify.errors import NoSuchLetter, NotPutAside
from jiahe.notify.models import Outgoing
from jiahe.notify.outbox import send_sms
from jiahe.notify.providers import Letter, NotDelivered, Uncertain
from tests.together import together

pytestmark = pytest.mark.django_db
PHONE = "17000000001"


def send() -> None:
    send_sms(phone=PHONE, template="code", facts={"code": "482913", "minutes": 5})


def written(home: Path) -> list[dict[str, str]]:
    files = sorted((home / "outbox").glob("*.jsonl"))
    return [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]


def failing(outcome: Outcome) -> Callable[..., Outcome]:
    def deliver(letter: Letter, channel: str, *, unsure: bool) -> Outcome:
        return outcome

    return deliver


def at(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    monkeypatch.setenv("JIAHE_NOW", moment.astimezone(clock.ZONE).replace(tzinfo=None).isoformat())


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """A provider that takes nothing over."""
    monkeypatch.setattr(delivery, "deliver", failing(NotDelivered("busy")))


def test_a_message_waits_unreadable_and_goes_out_once(home: Path) -> None:
    send()
    kept = Outgoing.objects.get()
    assert not any(secret in f"{kept.recipient}{kept.facts}" for secret in (PHONE, "482913"))
    assert (relay.drain(), relay.drain()) == (1, 0)
    kept.refresh_from_db()
    assert (kept.state, kept.attempts, kept.facts) == ("sent", 1, "")
    text = "【嘉禾信】验证码 482913，5 分钟内有效。请勿告诉他人。"
    assert [(line["uid"], line["to"], line["text"]) for line in written(home)] == [(kept.uid, PHONE, text)]
    assert [stat.S_IMODE(f.stat().st_mode) for f in (home / "outbox").glob("*.jsonl")] == [0o600]


def test_what_is_rolled_back_is_not_sent(home: Path) -> None:
    with transaction.atomic():
        send()
        transaction.set_rollback(True)
    assert (relay.drain(), Outgoing.objects.count(), written(home)) == (0, 0, [])


def test_an_unknown_template_and_a_missing_fact_stop_the_caller() -> None:
    for template, facts in (("none", {}), ("code", {"code": "1"})):
        with pytest.raises(KeyError):
            send_sms(phone=PHONE, template=template, facts=facts)
    assert Outgoing.objects.count() == 0


@pytest.mark.usefixtures("broken")
def test_failures_wait_twice_as_long_each_time_and_end_with_a_person(monkeypatch: pytest.MonkeyPatch) -> None:
    send()
    now = clock.now()
    waits = []
    for attempt in range(1, 9):
        at(monkeypatch, now)
        assert relay.drain() == 1
        kept = Outgoing.objects.get()
        assert (kept.attempts, kept.problem, kept.unsure) == (attempt, "busy", False)
        if kept.next_at:
            waits.append((kept.next_at - now) // timedelta(seconds=1))
            now = kept.next_at
    assert waits == [30 * 2**n for n in range(7)]
    assert (kept.state, kept.next_at) == ("dead", None)
    at(monkeypatch, now + timedelta(days=30))
    assert relay.drain() == 0
    resend(actor=Actor.system(), uid=kept.uid)
    assert relay.drain() == 1


@pytest.mark.usefixtures("broken")
def test_of_two_who_deal_with_a_message_the_second_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    send()
    Outgoing.objects.update(state="dead", next_at=None, attempts=8)
    uid, actor = Outgoing.objects.get().uid, Actor.system()
    settle(actor=actor, uid=uid)
    kept = Outgoing.objects.get()
    for work in (resend, settle):
        with pytest.raises(NotPutAside):
            work(actor=actor, uid=uid)
        with pytest.raises(NoSuchLetter):
            work(actor=actor, uid="none")
    assert (kept.state, kept.facts) == ("settled", "")
    facts = {"channel": "sms", "template": "code", "state": "dead"}
    assert list(Entry.objects.values_list("action", "subject", "facts")) == [
        ("notify.settle", f"outgoing:{uid}", facts)
    ]


def test_a_doubt_is_left_to_a_person_where_nobody_can_be_asked(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """The file provider can be asked: the same doubt is cleared by it. The console minds no second copy."""
    send()
    with monkeypatch.context() as patched:
        patched.setattr(delivery, "deliver", failing(Uncertain("silence")))
        patched.setattr(delivery, "tracking", lambda one: None)
        assert relay.drain() == 1
    kept = Outgoing.objects.get()
    assert (kept.state, kept.unsure, kept.next_at, kept.problem) == ("uncertain", True, None, "silence")
    resend(actor=Actor.system(), uid=kept.uid)
    assert relay.drain() == 1
    kept.refresh_from_db()
    assert (kept.state, len(written(home))) == ("sent", 1)


def test_what_was_written_before_the_worker_was_cut_short_is_not_written_again(
    monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    send()
    with monkeypatch.context() as patched:
        patched.setattr(relay, "_record", stop)
        with pytest.raises(KeyboardInterrupt):
            relay.drain()
    assert (Outgoing.objects.get().state, len(written(home))) == ("waiting", 1)
    at(monkeypatch, clock.now() + relay.IN_HAND)
    assert relay.drain() == 1
    assert (Outgoing.objects.get().state, len(written(home))) == ("sent", 1)


def stop(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_a_message_in_hand_is_left_alone_until_its_relay_is_given_up(
    monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    monkeypatch.setenv("JIAHE_NOW", "2026-11-23T09:00")
    send()
    with monkeypatch.context() as patched:
        patched.setattr(delivery, "deliver", stop)
        with pytest.raises(KeyboardInterrupt):
            relay.drain()
    monkeypatch.setenv("JIAHE_NOW", "2026-11-23T09:01:59")
    assert relay.drain() == 0
    monkeypatch.setenv("JIAHE_NOW", "2026-11-23T09:02")
    assert relay.drain() == 1
    assert len(written(home)) == 1


def test_the_provider_is_chosen_by_the_setting(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("JIAHE_SMS", "console")
    providers.provider().send(Letter("1", PHONE, "甲"))
    assert capsys.readouterr().out == f"{PHONE}  甲\n"
    monkeypatch.setenv("JIAHE_SMS", "pigeon")
    with pytest.raises(Exception, match=r"JIAHE_SMS=pigeon：没有这个短信通道，可用的有：aliyun、console、file"):
        providers.provider()


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_relays_at_once_never_send_twice(home: Path) -> None:
    for _ in range(120):
        send()

    def drain_all() -> int:
        return sum(iter(relay.drain, 0))

    assert sum(n for n in together(*[drain_all] * 4) if isinstance(n, int)) == 120
    assert len({line["uid"] for line in written(home)}) == len(written(home)) == 120
