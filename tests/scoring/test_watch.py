"""Trials and monthly watches as rows: who may make them, what they keep, whom an alarm reaches."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pytest
from django.db import IntegrityError, transaction

from jiahe.audit.models import Entry
from jiahe.kit.actor import Actor
from jiahe.lake.engines.frames import frames
from jiahe.notify.models import Message
from jiahe.scoring import errors
from jiahe.scoring.actions.try_card import try_card
from jiahe.scoring.actions.watch_card import watch_card
from jiahe.scoring.models import Monitoring, Trial
from jiahe.scoring.monitoring import Drift, Truth
from jiahe.scoring.watch import Thresholds, alarms, attention
from tests.scoring.officers import ONE, TWO, committed, drafted, officers, published

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 24)
LIMITS = Thresholds(attention=0.1, alarm=0.25, deviation=0.2, ks=0.2, defaults=30)


def trial(actor: Actor, number: int) -> Trial:
    table = pa.table({ONE: pa.array([8] * 20, pa.int64()), TWO: pa.array([-10] * 20, pa.int64())})
    with frames() as lake:
        return try_card(actor=actor, number=number, lake=lake, frame=lake.given(table), as_of=DAY)


def test_a_committed_card_is_tried_beside_the_live_one() -> None:
    here = officers()
    published(here)
    committed(here, 500)
    made = trial(here.second, 2)
    assert (made.version.number, made.live.number, made.as_of, made.known) == (2, 1, DAY, False)
    assert (made.found["enterprises"], made.found["mean_change"], made.found["up"]) == (20, 20.0, 20)
    assert made.found["table"][1][0] == {"enterprises": 20, "defaults": None}
    assert Entry.objects.get(action="cards.try").facts["live"] == 1


def test_nothing_else_is_tried() -> None:
    here = officers()
    committed(here)
    with pytest.raises(errors.NothingInUse):
        trial(here.first, 1)
    published(here, 490)
    drafted(here, 500)
    for number, actor, kind in (
        (2, here.first, errors.CardMoved),
        (3, here.first, errors.CardMoved),
        (1, here.supervisor, errors.NotAModelOfficer),
        (9, here.first, errors.NoSuchCard),
    ):
        with pytest.raises(kind):
            trial(actor, number)
    assert not Trial.objects.exists()


def drifted(score: float = 0.0, one: float = 0.0, two: float = 0.0) -> Drift:
    return Drift(enterprises=500, score=score, characteristics={ONE: one, TWO: two})


@pytest.mark.parametrize(
    ("drift", "truth", "noticed", "alarming"),
    [
        (drifted(), None, [], []),
        (drifted(0.0999, 0.1, 0.2499), None, [ONE, TWO], []),
        (drifted(0.25, 0.0, 0.3), None, [], ["score", TWO]),
        (drifted(), Truth(900, 100.0, 119, 0.2), [], []),
        (drifted(), Truth(900, 100.0, 120, 0.2), [], ["calibration"]),
        (drifted(), Truth(900, 100.0, 80, 0.1999), [], ["calibration", "ks"]),
        (drifted(), Truth(90, 29.9, 0, 0.0), [], []),
    ],
)
def test_thresholds(drift: Drift, truth: Truth | None, noticed: list[str], alarming: list[str]) -> None:
    assert attention(drift, LIMITS) == noticed
    assert alarms(drift, truth, LIMITS) == alarming


def test_a_month_has_one_row_and_an_alarm_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIAHE_NOW", "2026-11-25T10:00")
    here = officers()
    version = published(here)
    Message.objects.all().delete()

    def watch(drift: Drift, truth: Truth | None = None) -> list[str]:
        row = watch_card(
            actor=Actor.system(), version=version, as_of=DAY, drift=drift, truth=truth, observed_on=date(2025, 9, 30)
        )
        return list(row.alarms)

    assert watch(drifted(0.12)) == []
    row = Monitoring.objects.get()
    assert (row.month, row.psi, row.attention, row.observed_on, row.ks) == (
        date(2026, 11, 1),
        0.12,
        ["score"],
        None,
        None,
    )
    assert not Message.objects.exists()
    assert watch(drifted(0.3)) == watch(drifted(0.31)) == ["score"]
    told = Message.objects.order_by("user_id").values_list("template", "user_id", "facts")
    facts = {"number": 1, "month": "2026-11", "count": 1}
    assert list(told) == [("card.alarm", one.user_id, facts) for one in (here.first, here.second)]
    assert watch(drifted(0.31), Truth(900, 100.0, 50, 0.5)) == ["score", "calibration"]
    row = Monitoring.objects.get()
    assert (row.observed_on, row.known, row.expected, row.observed, row.ks) == (date(2025, 9, 30), 900, 100.0, 50, 0.5)
    assert Message.objects.count() == 4
    with pytest.raises(IntegrityError), transaction.atomic():
        Monitoring.objects.update(ks=None)
