"""A run: features and scores of everybody, of those touched since; what changed is kept; a killed run leaves nothing."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from jiahe.creditfile.models import Enterprise
from jiahe.kit.actor import Actor
from jiahe.kit.home import lake_root
from jiahe.scoring.actions import run as running
from jiahe.scoring.actions.commit_card import commit_card
from jiahe.scoring.actions.import_card import import_card
from jiahe.scoring.actions.publish_card import publish_card
from jiahe.scoring.actions.run import FOLDER, follow, run, run_touched
from jiahe.scoring.card import Card, dumps
from jiahe.scoring.errors import NoFeatures
from jiahe.scoring.explaining import changes, explanation
from jiahe.scoring.models import IncomingScore, Run, Score, ScoreChange
from jiahe.scoring.queries.features import values
from jiahe.scoring.queries.scores import told
from tests.lake.deliveries import FIRST, SECOND, THIRD, deliver
from tests.scoring.cards import CARD
from tests.scoring.officers import Officers, officers

pytestmark = pytest.mark.django_db(databases="__all__", transaction=True)
ACTOR = Actor.system("test")
REGISTERED = "uscc,name,established_on,industry_division,size,enterprise_state"
SALES = "uscc,name,period,sales_total,filed_late"
PAID, DEBT = CARD.characteristics


def card() -> Card:
    """The small card, over two features that the scene has: months of late returns, and penalties."""
    late, fined = replace(PAID, code="filed_late_12m"), replace(DEBT, code="penalty_fine_36m")
    return replace(CARD, characteristics=(late, fined))


def put_in_use(one: Card, here: Officers | None = None) -> None:
    here = here or officers()
    number = import_card(actor=here.first, text=dumps(one)).number
    commit_card(actor=here.first, number=number)
    publish_card(actor=here.second, number=number)


@pytest.fixture
def scene(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two makers of one size with two years of returns; a third enterprise was revoked."""
    monkeypatch.setenv("JIAHE_NOW", "2026-03-05T10:00:00")
    rows = [f"{u},甲公司,2020-01-15,17,小型,{s}" for u, s in ((FIRST, "存续"), (SECOND, "存续"), (THIRD, "吊销"))]
    deliver(tmp_path, "0101", *rows, header=REGISTERED)
    months = [f"2025-{m:02}" for m in range(1, 13)]
    late = [f"{FIRST},甲公司,{m},900,{'是' if m > '2025-06' else '否'}" for m in months]
    deliver(tmp_path, "0202", *late, *(f"{SECOND},乙公司,{m},900,否" for m in months), header=SALES)
    return tmp_path


def serial(code: str) -> int:
    return Enterprise.objects.get(uscc=code).serial


def stand(code: str) -> tuple[object, ...]:
    found = told(serial(code))
    assert found is not None
    return (found.score, found.band, found.unscored, found.position, found.peers, found.points, found.known)


def test_without_a_card_features_are_made_and_nobody_is_scored(scene: Path) -> None:
    done = run(actor=ACTOR)
    assert (done.state, done.card, done.enterprises, done.scored) == ("done", "", 3, 0)
    assert not Score.objects.exists()
    known = values([serial(FIRST), serial(SECOND)], ["filed_late_12m", "sales_12m"])
    assert known == {
        serial(FIRST): {"filed_late_12m": 6, "sales_12m": 990_000},
        serial(SECOND): {"filed_late_12m": 0, "sales_12m": 990_000},
    }


def test_everybody_is_scored_ranked_and_told_why_not(scene: Path) -> None:
    put_in_use(card())
    done = run(actor=ACTOR)
    assert (done.card, done.enterprises, done.scored, done.changed) == (card().digest, 3, 2, 3)
    assert stand(FIRST) == (556, 3, "", 1, 2, "21,55", "6,")
    assert stand(SECOND) == (535, 4, "", 2, 2, "0,55", "0,")
    assert stand(THIRD)[:5] == (None, None, "ended", None, None)
    assert Score.objects.get(serial=serial(FIRST)).run == done.pk
    assert not IncomingScore.objects.exists()


def test_the_same_again_changes_nothing(scene: Path) -> None:
    put_in_use(card())
    first, second = run(actor=ACTOR), run(actor=ACTOR)
    assert (first.changed, second.changed) == (3, 0)
    assert ScoreChange.objects.count() == 3
    assert run_touched(actor=ACTOR) is None


def test_a_batch_rescores_those_it_touches_and_the_change_is_explained(
    scene: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_in_use(card())
    run(actor=ACTOR)
    monkeypatch.setenv("JIAHE_NOW", "2026-03-06T10:00:00")
    assert run_touched(actor=ACTOR) is None
    deliver(scene, "0202", f"{SECOND},乙公司,2025-12,900,是", header=SALES)
    deliver(scene, "0402", f"{SECOND},乙公司,罚1,2026-02-01,1", header="uscc,name,decision_no,decided_on,fine")
    done = run_touched(actor=ACTOR)
    assert done is not None
    assert (done.reach, done.enterprises, done.changed, done.files) == ("touched", 1, 1, [])
    assert stand(SECOND) == (533, 4, "", 2, 2, "0,53", "1,1000000")
    assert stand(FIRST) == (556, 3, "", 1, 2, "21,55", "6,")
    before, now = ScoreChange.objects.filter(serial=serial(SECOND)).order_by("run")
    assert [(r.code, r.points) for r in changes(now, before, card())] == [("penalty_fine_36m", -2)]
    assert run_touched(actor=ACTOR) is None


def test_another_card_scores_everybody_within_minutes(scene: Path) -> None:
    here = officers()
    put_in_use(card(), here)
    first = run(actor=ACTOR)
    assert follow(actor=ACTOR) is None
    put_in_use(replace(card(), base=500), here)
    assert run_touched(actor=ACTOR) is None
    done = follow(actor=ACTOR)
    assert done is not None
    assert (done.reach, done.changed, done.card == first.card) == ("everybody", 3, False)
    assert stand(FIRST)[0] == 576


def test_an_explanation_has_points_against_the_average_and_what_would_raise_most(scene: Path) -> None:
    put_in_use(card())
    run(actor=ACTOR)
    found = explanation(Score.objects.get(serial=serial(SECOND)), card())
    assert found.sentence == "535 分 · 第 4 档 · 同业第 2 / 2 家"
    assert [(r.code, r.points) for r in found.weaknesses] == [("filed_late_12m", -31), ("penalty_fine_36m", -9)]
    assert found.strengths == ()
    assert [(r.code, r.points) for r in found.improvements] == [("filed_late_12m", 48)]


def test_a_killed_run_leaves_neither_files_nor_scores(scene: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_in_use(card())
    run(actor=ACTOR)
    before = list(Score.objects.order_by("serial").values()), list(ScoreChange.objects.values())

    def broken(*_: object) -> int:
        raise RuntimeError("no more")

    monkeypatch.setattr(running, "tell", broken)
    with pytest.raises(RuntimeError):
        run(actor=ACTOR, as_of=date(2026, 3, 4))
    failed = Run.objects.latest("pk")
    assert (failed.state, failed.problem) == ("failed", "no more")
    assert not (lake_root() / FOLDER / str(failed.pk)).exists()
    assert (list(Score.objects.order_by("serial").values()), list(ScoreChange.objects.values())) == before


def test_after_a_restore_features_are_made_anew(scene: Path) -> None:
    """A backup has the ledger of runs, and not the files of features."""
    put_in_use(card())
    run(actor=ACTOR)
    shutil.rmtree(lake_root() / FOLDER)
    with pytest.raises(NoFeatures):
        values([serial(FIRST)], ["sales_12m"])
    deliver(scene, "0202", f"{SECOND},乙公司,2025-12,900,是", header=SALES)
    assert run_touched(actor=ACTOR) is None
    assert run(actor=ACTOR).scored == 2


def test_only_the_last_features_stay(scene: Path) -> None:
    for _ in range(running.KEPT + 1):
        run(actor=ACTOR)
    kept = sorted(int(p.name) for p in (lake_root() / FOLDER).iterdir())
    assert kept == sorted(Run.objects.values_list("pk", flat=True))[1:]
