"""Trial and watch over a small lake: the features of the last run, and those of a day whose outcomes are known."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from jiahe.kit.actor import Actor
from jiahe.scoring import errors
from jiahe.scoring.actions.commit_card import commit_card
from jiahe.scoring.actions.import_card import import_card
from jiahe.scoring.actions.record_outcomes import Report, record_outcome
from jiahe.scoring.actions.run import run
from jiahe.scoring.actions.try_card import try_on_day, try_on_newest
from jiahe.scoring.actions.watch_card import watch_live
from jiahe.scoring.card import dumps, probability, score
from jiahe.scoring.models import Monitoring, Trial
from jiahe.scoring.tasks import watch
from tests.lake.deliveries import FIRST, SECOND, THIRD, deliver
from tests.scoring.officers import ONE, TWO, card, officers, published

pytestmark = pytest.mark.django_db(databases="__all__", transaction=True)
ACTOR = Actor.system("test")


@pytest.fixture
def scene(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two makers with years of returns, known since 2023; a third one was revoked. The first defaulted in 2024."""
    monkeypatch.setenv("JIAHE_NOW", "2024-01-10T10:00:00")
    header = "uscc,name,established_on,industry_division,size,enterprise_state"
    rows = [f"{u},甲公司,2020-01-15,17,小型,{s}" for u, s in ((FIRST, "存续"), (SECOND, "存续"), (THIRD, "吊销"))]
    deliver(tmp_path, "0101", *rows, header=header)
    months = [f"{year}-{m:02}" for year in (2022, 2023) for m in range(1, 13)]
    sales = [f"{u},甲公司,{month},900,否" for u in (FIRST, SECOND) for month in months]
    deliver(tmp_path, "0202", *sales, header="uscc,name,period,sales_total,filed_late")
    monkeypatch.setenv("JIAHE_NOW", "2026-03-05T10:00:00")
    for uscc, day in ((FIRST, date(2024, 6, 1)), (THIRD, date(2025, 12, 1))):
        record_outcome(actor=ACTOR, report=Report(uscc, day, max(day, date(2026, 1, 1)), "bank-a"))


@pytest.mark.usefixtures("scene")
def test_a_trial_and_a_watch() -> None:
    here = officers()
    with pytest.raises(errors.NothingInUse):
        watch_live(actor=ACTOR)
    watch()
    version = published(here)
    higher = import_card(actor=here.first, text=dumps(card(530)))
    commit_card(actor=here.first, number=higher.number)
    with pytest.raises(errors.NoFeatures):
        try_on_newest(actor=here.first, number=2)
    watch()
    assert (Trial.objects.count(), Monitoring.objects.count()) == (0, 0)

    run(actor=ACTOR)
    now = try_on_newest(actor=here.first, number=2)
    assert (now.as_of, now.known, now.found["enterprises"], now.found["mean_change"]) == (
        date(2026, 3, 5),
        False,
        2,
        50.0,
    )
    with pytest.raises(errors.OutcomesNotKnownYet):
        try_on_day(actor=here.first, number=2, as_of=date(2025, 6, 30))
    then = try_on_day(actor=here.first, number=2, as_of=date(2024, 3, 31))
    assert (then.as_of, then.known, then.found["enterprises"]) == (date(2024, 3, 31), True, 2)

    row = watch_live(actor=ACTOR)
    assert (row.version, row.month, row.enterprises) == (version, date(2026, 3, 1), 2)
    assert set(row.drift) == {ONE, TWO}
    # Outcomes are complete to 2025-11-02; who defaulted before 2024-11-02 is left out, and one is sound.
    chance = probability(card(), score(card(), {ONE: 57, TWO: None}))
    assert (row.observed_on, row.known, row.observed) == (date(2024, 11, 2), 1, 0)
    assert row.expected == pytest.approx(chance)
    watch()
    assert Monitoring.objects.count() == 1
