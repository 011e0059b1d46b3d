"""A card is made, equals optbinning's on every row, is the same byte for byte when made again, and names what leaks."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from jiahe.scoring.card import Card, Direction, loads, score
from jiahe.scoring.training import challenger, scorecard
from jiahe.scoring.training.order import Order
from jiahe.scoring.training.run import Result, train
from jiahe.scoring.training.table import read
from tests.scoring.training.tables import POLISH, made, written
from tests.scoring.training.test_table import TODAY

OWN = ["--target", "defaulted", "--id", "uscc"]
polish = pytest.mark.skipif(not POLISH.exists(), reason="the folder shared/data is not beside the project")
quiet = pytest.mark.filterwarnings("ignore::Warning:optbinning")


def _jiahe(place: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "jiahe.cli", "score", *arguments],
        cwd=place,
        env=os.environ
        | {"DJANGO_SETTINGS_MODULE": "jiahe.settings", "JIAHE_HOME": str(place / "home"), "JIAHE_LANGUAGE": "zh-hans"},
        capture_output=True,
        text=True,
    )


def _order(file: Path, **more: Any) -> Order:
    return Order(file, "defaulted", "uscc", **more)


def _say(text: str) -> None:
    pass


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Result:
    file = written(made(), tmp_path_factory.mktemp("small") / "table.csv")
    return train(_order(file, monotone={"paid_months": Direction.RISING, "debt_ratio": Direction.FALLING}), TODAY, _say)


@pytest.fixture(scope="module")
def polish_card() -> Result:
    return train(Order(POLISH, "bankrupt", "id"), TODAY, _say)


def test_the_card_reads_what_tells_something_in_the_declared_direction(small: Result) -> None:
    directions = {one.code: one.direction for one in small.card.characteristics}
    assert directions == {"paid_months": Direction.RISING, "debt_ratio": Direction.FALLING}
    assert loads(json.dumps(small.card.document())) == small.card
    assert small.leaks == ()
    assert small.validated.mean("auc") > 0.8


def test_missing_months_have_points_by_their_own_evidence(small: Result) -> None:
    months = next(one for one in small.card.characteristics if one.code == "paid_months")
    assert months.missing.records == int(made()["paid_months"].isna().sum())
    assert months.missing.points not in (0, months.bins[0].points)
    assert min(b.points for b in months.bins) < months.missing.points < max(b.points for b in months.bins)


def test_the_bins_hold_every_row_once(small: Result) -> None:
    for one in small.card.characteristics:
        bins = [*one.bins, one.missing]
        assert sum(b.records for b in bins) == small.card.origin.rows == 1500
        assert sum(b.defaults for b in bins) == small.card.origin.defaults == int(made()["defaulted"].sum())
    assert sum(share.records for share in small.card.distribution) == 1500


def test_every_group_is_looked_at(small: Result) -> None:
    assert {(group.by, group.name) for group in small.groups} >= {
        ("size", "small"),
        ("size", "micro"),
        ("county", "330421"),
        ("age", "10 年以上"),
    }
    assert sum(group.rows for group in small.groups if group.by == "size") == 1500


def _equal_on_every_row(result: Result, file: Path, target: str, identity: str) -> None:
    table = read(file, target=target, identity=identity, time=None, seed=7, today=TODAY)
    theirs = result.original.score(table.features)
    points = result.original.transform(table.features)
    ours = scorecard.scores(result.card, table.features)
    assert (ours == theirs).all()
    rows = table.features[list(result.card.codes)].to_dict("records")
    plain = [score(result.card, {str(code): value for code, value in row.items()}) for row in rows]
    assert plain == list(theirs)
    assert result.card.base + points.sum(axis=1).to_numpy() == pytest.approx(theirs, abs=0)


@quiet
def test_points_equal_optbinnings_on_every_row(small: Result) -> None:
    _equal_on_every_row(small, small.order.file, "defaulted", "uscc")


@quiet
@polish
def test_points_equal_optbinnings_on_every_row_of_the_polish_table(polish_card: Result) -> None:
    _equal_on_every_row(polish_card, POLISH, "bankrupt", "id")


@polish
def test_the_polish_table_reaches_its_figures(polish_card: Result) -> None:
    assert polish_card.validated.mean("auc") >= 0.90
    assert polish_card.leaks == ()
    assert all(tenth.within for tenth in polish_card.figures.deciles)
    assert abs(polish_card.figures.expected / polish_card.figures.defaults - 1) <= 0.05


@polish
def test_the_challenger_is_no_worse_than_plain_lightgbm(polish_card: Result) -> None:
    from lightgbm import LGBMClassifier
    from sklearn.metrics import roc_auc_score
    from sklearn.model_selection import StratifiedKFold

    frame = pd.read_csv(POLISH)
    target, features = frame["bankrupt"].to_numpy(), frame.drop(columns=["id", "bankrupt"]).to_numpy()
    found = []
    for known, asked in StratifiedKFold(5, shuffle=True, random_state=7).split(features, target):
        model = LGBMClassifier(random_state=7, n_jobs=1, verbose=-1)
        model.fit(features[known], target[known])
        risk = np.asarray(model.predict_proba(features[asked]))[:, 1]
        found.append(roc_auc_score(target[asked], risk))
    assert abs(polish_card.validated.mean("challenger_auc") - np.mean(found)) <= 0.01


def test_the_challenger_keeps_to_the_declared_directions(small: Result) -> None:
    table = read(small.order.file, target="defaulted", identity="uscc", time=None, seed=7, today=TODAY)
    model = challenger.fit(table, {"paid_months": Direction.RISING, "debt_ratio": Direction.FALLING}, 7)
    more = table.features.iloc[np.zeros(37, dtype=int)].assign(paid_months=np.arange(37.0))
    assert (np.diff(challenger.probabilities(model, more)) <= 0).all()


def test_two_processes_write_the_same_bytes(tmp_path: Path) -> None:
    written(made(), tmp_path / "table.csv")
    for out in ("a.json", "b.json"):
        done = _jiahe(tmp_path, "train", "--data", "table.csv", *OWN, "--time", "observed_on", "--out", out, "--json")
        assert (done.returncode, done.stderr) == (0, "")
    one, other = (tmp_path / "a.json").read_bytes(), (tmp_path / "b.json").read_bytes()
    assert one == other
    card = loads(one.decode())
    facts = json.loads(done.stdout)
    assert set(facts) >= {"cv", "challenger", "leakage"}
    assert (set(facts["cv"]), facts["leakage"], facts["card"]) == ({"auc", "ks"}, [], card.digest)
    assert card.origin.seed == 7
    assert card.origin.threads == 1
    assert facts["out_of_time"]["rows"] + card.origin.rows == 1500


def test_a_feature_that_knows_the_outcome_is_named_and_left_out(tmp_path: Path) -> None:
    chance = np.random.default_rng(1)
    frame = made()
    frame["days_late"] = frame["defaulted"] * 91 + chance.integers(0, 30, len(frame))
    # Half of those who defaulted have a case, nobody else; and one that is known of the sound alone.
    frame["case"] = np.where((frame["defaulted"] == 1) & (chance.random(len(frame)) < 0.5), 1, 0)
    frame["closed"] = np.where(frame["defaulted"] == 1, np.nan, chance.normal(size=len(frame)))
    result = train(_order(written(frame, tmp_path / "table.csv")), TODAY, _say)
    assert sorted(leak.feature for leak in result.leaks) == ["case", "closed", "days_late"]
    assert sorted(result.card.codes) == ["debt_ratio", "paid_months"]


def test_a_table_sorted_by_the_outcome_gives_the_same_card(tmp_path: Path) -> None:
    frame = made()
    one = train(_order(written(frame, tmp_path / "a.csv")), TODAY, _say)
    other = train(_order(written(frame.sort_values("defaulted"), tmp_path / "b.csv")), TODAY, _say)
    assert one.card.characteristics == other.card.characteristics
    assert one.figures == other.figures


def test_a_refusal_writes_no_card(tmp_path: Path) -> None:
    written(made().head(5), tmp_path / "table.csv")
    done = _jiahe(tmp_path, "train", "--data", "table.csv", *OWN, "--out", "card.json")
    assert done.returncode == 2
    assert done.stderr == "训练表 table.csv：只有 5 行。至少需要 100 行，请扩大样本。\n"
    assert not (tmp_path / "card.json").exists()


def test_where_nothing_tells_anything_there_is_no_card(tmp_path: Path) -> None:
    chance = np.random.default_rng(3)
    frame = made()[["uscc", "noise", "defaulted"]].assign(defaulted=chance.integers(0, 2, 1500))
    written(frame, tmp_path / "table.csv")
    done = _jiahe(tmp_path, "train", "--data", "table.csv", *OWN, "--out", "card.json")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("训练表 table.csv：没有一列能区分违约与未违约。")
    assert not (tmp_path / "card.json").exists()


def test_a_card_is_measured_on_another_table(tmp_path: Path, small: Result) -> None:
    from jiahe.scoring.card import dumps

    (tmp_path / "card.json").write_text(dumps(small.card))
    written(made(seed=8), tmp_path / "other.csv")
    done = _jiahe(tmp_path, "test", "--card", "card.json", "--data", "other.csv", *OWN, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    facts = json.loads(done.stdout)
    assert facts["card"] == small.card.digest
    assert facts["auc"] > 0.8
    assert facts["psi"] < 0.1
    written(made(seed=8).drop(columns="paid_months"), tmp_path / "other.csv")
    done = _jiahe(tmp_path, "test", "--card", "card.json", "--data", "other.csv", *OWN)
    assert done.returncode == 2
    assert done.stderr == "训练表 other.csv：没有评分卡用到的列 paid_months。请补上这些列，没有值的留空。\n"


def test_without_the_extra_the_command_names_it(tmp_path: Path) -> None:
    written(made(), tmp_path / "table.csv")
    code = "import sys; sys.modules['optbinning'] = None; from jiahe.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "score", "train", "--data", "table.csv", *OWN, "--out", "card.json"],
        cwd=tmp_path,
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "jiahe.settings",
            "JIAHE_HOME": str(tmp_path / "home"),
            "JIAHE_LANGUAGE": "zh-hans",
        },
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2
    assert done.stderr == "训练所需的组件 optbinning 没有安装：请运行 pip install 'jiahe[training]' 后重试。\n"


def test_a_broken_card_is_refused(tmp_path: Path, small: Result) -> None:
    assert isinstance(small.card, Card)
    (tmp_path / "card.json").write_text('{"schema": "jiahe-card/1"}')
    written(made(), tmp_path / "table.csv")
    done = _jiahe(tmp_path, "test", "--card", "card.json", "--data", "table.csv", *OWN)
    assert done.returncode == 2
    assert done.stderr.startswith("评分卡的“card”处有误：缺少 base、")
