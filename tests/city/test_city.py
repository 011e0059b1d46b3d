"""A generated city: the same for the same seed, as large as asked, with dirt that is told, and defaults that have a cause."""

from __future__ import annotations

import csv
import hashlib
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from jiahe.catalogue import load
from jiahe.city.build import Order, build, city
from jiahe.city.economy import BANKS
from jiahe.city.errors import CityError, NoRegistrations, NotEmpty, TooFewRecords, TooManyRecords, UnknownMonth
from jiahe.city.health import NEVER
from jiahe.kit import uscc

ENTERPRISES, RECORDS = 300, 30_000
REGISTRATIONS = Path(__file__).resolve().parents[3] / "shared/data/jiaxing_registrations.csv"


def digest(folder: Path) -> str:
    total = hashlib.sha256()
    for file in sorted(p for p in folder.rglob("*") if p.is_file()):
        total.update(str(file.relative_to(folder)).encode() + file.read_bytes())
    return total.hexdigest()


def rows(folder: Path) -> list[dict[str, str]]:
    with folder.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def order(out: Path, seed: int = 7, **more: str) -> Order:
    return Order(ENTERPRISES, RECORDS, seed, out, **more)  # type: ignore[arg-type]  # the tests' own shorthand


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("city") / "out"
    made = build(order(out), processes=2)
    assert abs(made.records - RECORDS) <= RECORDS // 100
    return out


def test_the_same_seed_gives_the_same_bytes_with_one_process_and_in_another_run(built: Path, tmp_path: Path) -> None:
    size = ("--enterprises", str(ENTERPRISES), "--records", str(RECORDS), "--seed", "7", "--processes", "1")
    command = [sys.executable, "-m", "jiahe.cli", "city", *size, "--out", str(tmp_path / "again")]
    subprocess.run(command, check=True, capture_output=True)
    assert digest(tmp_path / "again") == digest(built)


def test_another_seed_gives_another_city(built: Path, tmp_path: Path) -> None:
    build(order(tmp_path / "other", seed=8), processes=1)
    assert digest(tmp_path / "other") != digest(built)


def test_every_category_has_files_where_the_inbox_reads_and_truth_lies_outside(built: Path) -> None:
    found = {(p.parent.name, p.name) for p in built.glob("[0-9][0-9]/[0-9][0-9][0-9][0-9]")}
    assert found == {(c.department, c.code) for c in load().categories.values()}
    assert sorted(p.name for p in built.iterdir() if not p.name.isdecimal()) == ["outcomes.csv", "truth"]


def test_codes_are_valid_marked_as_generated_and_of_all_three_kinds(built: Path) -> None:
    codes = city(order(built)).population.uscc.to_pylist()
    assert len(set(codes)) == ENTERPRISES
    assert [c for c in codes if uscc.problem(c)] == []
    assert [c for c in codes if not uscc.is_generated(c)] == []
    assert [c for c in codes if uscc.organisation_check_character(c[8:16]) != c[16]] == []
    assert {c[1] for c in codes} == {"1", "2", "3"}


def test_the_truth_names_what_is_wrong_where_it_stands(built: Path) -> None:
    truth = [row for file in sorted((built / "truth").rglob("*.csv")) for row in rows(file)]
    wrong = [t for t in truth if t["kind"] == "wrong_check_digit" and t["category"] == "0203"]
    assert wrong
    for t in wrong:
        row = rows(built / "02" / "0203" / t["file"])[int(t["row"]) - 2]
        assert row["统一社会信用代码"] == t["written"]
        assert (uscc.problem(t["written"]), uscc.problem(t["true"])) == ("check", None)
    kinds = Counter(t["kind"] for t in truth)
    assert set(kinds) == {
        "wrong_check_digit", "full_width", "sentinel_date", "amount_in_text", "duplicate", "correction", "withdrawn",
    }  # fmt: skip


def test_bad_health_lowers_sales_and_brings_defaults(built: Path) -> None:
    life = city(order(built)).life
    defaulted = life.defaulted < NEVER
    assert defaulted.sum() > 0
    before = np.array([life.health[i, : life.defaulted[i] + 1].mean() for i in np.flatnonzero(defaulted)])
    assert before.mean() < life.health[~defaulted].mean() - 0.3
    change = np.log(life.sales[:, 60:].mean(axis=1) / life.sales[:, :12].mean(axis=1))
    assert change[defaulted].mean() < change[~defaulted].mean()


def test_outcomes_are_reported_by_invented_banks_within_weeks_and_known_on_the_last_day(built: Path) -> None:
    here = city(order(built))
    codes = here.population.uscc.to_pylist()
    found = rows(built / "outcomes.csv")
    assert list(found[0]) == ["uscc", "defaulted_on", "reported_on", "source"]
    assert {r["source"] for r in found} <= set(BANKS)
    month = dict(zip(codes, np.datetime64("2020-11", "M") + here.life.defaulted % NEVER, strict=True))
    assert [r for r in found if str(month[r["uscc"]]) != r["defaulted_on"][:7]] == []
    waited = [(date.fromisoformat(r["reported_on"]) - date.fromisoformat(r["defaulted_on"])).days for r in found]
    assert 10 <= min(waited) <= max(waited) < 50
    assert max(r["reported_on"] for r in found) <= "2026-10-31"
    bad = np.flatnonzero((here.life.defaulted < NEVER) & (here.life.defaulted <= here.life.last))
    assert (
        {codes[i] for i in bad if here.life.defaulted[i] < 68} <= {r["uscc"] for r in found} <= {codes[i] for i in bad}
    )


def test_some_of_a_hundred_default_within_a_year_and_health_before_tells_them_apart() -> None:
    """What a card can be at best: the chance that a defaulting firm was less healthy than another a year before."""
    life = city(Order(40_000, 400_000, 7, Path("nowhere"))).life
    observed, window = 47, 12
    ended = np.where(life.defaulted <= life.last, life.defaulted, NEVER)
    firms = (life.first <= observed - 6) & (life.last > observed) & (ended > observed)
    bad = ended[firms] <= observed + window
    assert 0.02 <= bad.mean() <= 0.04
    order_of_health = np.argsort(np.argsort(-life.health[firms, observed]))
    best = (order_of_health[bad].mean() - (bad.sum() - 1) / 2) / (~bad).sum()
    assert 0.82 <= best <= 0.86


@pytest.mark.parametrize(
    ("wanted", "refusal"),
    [
        (Order(100, 99, 7, Path("x")), TooFewRecords),
        (Order(1, 10_000_000, 7, Path("x")), TooManyRecords),
        (Order(10, 1000, 7, Path("x"), until="soon"), UnknownMonth),
        (Order(10, 1000, 7, Path("x"), registrations=Path("nowhere.csv")), NoRegistrations),
    ],
)
def test_what_cannot_be_made_is_said_and_nothing_is_written(
    wanted: Order, refusal: type[CityError], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(refusal):
        build(wanted, processes=1)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("keep")
    with pytest.raises(NotEmpty):
        build(order(tmp_path), processes=1)
    assert [p.name for p in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.skipif(not REGISTRATIONS.exists(), reason="the folder shared/data is not beside the project")
def test_a_city_on_real_registrations_marks_everything_but_them(tmp_path: Path) -> None:
    build(Order(200, 5_000, 7, tmp_path / "out", registrations=REGISTRATIONS), processes=1)
    registered = rows(tmp_path / "out/01/0101/0000.csv")
    assert registered[0]["企业名称"] == "嘉善县陶庄供销社农肥门市部"
    assert "演示数据" not in registered[0]
    assert rows(tmp_path / "out/outcomes.csv") == []
    assert {r["演示数据"] for r in rows(tmp_path / "out/02/0203/0000.csv")} == {"1"}
