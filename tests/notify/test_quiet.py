"""Quiet hours across midnight and within a day, and what they hold back."""

from __future__ import annotations

from datetime import datetime

import pytest

from jiahe.kit import clock
from jiahe.notify import relay
from jiahe.notify.models import Outgoing
from jiahe.notify.outbox import send_sms
from jiahe.notify.quiet import awake


def day(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=clock.ZONE)


@pytest.mark.parametrize(
    ("moment", "hours", "expected"),
    [
        ("2026-11-23T20:59:59", (21, 8), "2026-11-23T20:59:59"),
        ("2026-11-23T21:00", (21, 8), "2026-11-24T08:00"),
        ("2026-11-23T23:59:59", (21, 8), "2026-11-24T08:00"),
        ("2026-11-24T00:00", (21, 8), "2026-11-24T08:00"),
        ("2026-11-24T07:59:59", (21, 8), "2026-11-24T08:00"),
        ("2026-11-24T08:00", (21, 8), "2026-11-24T08:00"),
        ("2026-12-31T22:00", (21, 8), "2027-01-01T08:00"),
        ("2026-11-23T12:30", (12, 14), "2026-11-23T14:00"),
        ("2026-11-23T14:00", (12, 14), "2026-11-23T14:00"),
        ("2026-11-23T11:59", (12, 14), "2026-11-23T11:59"),
        ("2026-11-23T03:00", (0, 6), "2026-11-23T06:00"),
        ("2026-11-23T03:00", (8, 8), "2026-11-23T03:00"),
        ("2026-11-23T23:30", (22, 0), "2026-11-24T00:00"),
    ],
)
def test_what_falls_into_the_quiet_hours_waits_for_their_end(
    moment: str, hours: tuple[int, int], expected: str
) -> None:
    assert awake(day(moment), quiet_from=hours[0], quiet_until=hours[1]) == day(expected)


@pytest.mark.django_db
def test_at_night_a_code_is_sent_and_the_rest_waits_for_the_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIAHE_NOW", "2026-11-23T23:10")
    send_sms(phone="17000000001", template="order.full_time", facts={"number": "D1"})
    send_sms(phone="17000000001", template="code", facts={"code": "482913", "minutes": 5})
    assert relay.drain() == 1
    states = list(Outgoing.objects.order_by("pk").values_list("template", "state"))
    assert states == [("order.full_time", "waiting"), ("code", "sent")]
    monkeypatch.setenv("JIAHE_NOW", "2026-11-24T08:00")
    assert relay.drain() == 1
    assert set(Outgoing.objects.values_list("state", flat=True)) == {"sent"}
