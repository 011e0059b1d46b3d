"""The trial beside the live card and the monitoring: counts that can be counted by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import log

import narwhals.stable.v2 as nw
import pyarrow as pa
import pytest

from jiahe.lake.engines.frames import Frame, Frames, frames
from jiahe.scoring.card import probability, score
from jiahe.scoring.monitoring import drift, psi, truth
from jiahe.scoring.trial import Cell, cells, summary
from tests.scoring.officers import ONE, TWO, card

# age: missing 12, under 6: 0, under 12: 21, else 48 points. debt ratio: missing 55, below -250.5: 40, below 0: 90, below 6000: 75, else 53
VALUES = [(None, None), (3, None), (8, -10), (20, -10), (20, 7000), (8, 100), (6, 6000), (12, -251)]
DEFAULTED = [1, 1, 0, 0, 0, 0, 1, 0]


pytestmark = pytest.mark.usefixtures("engine")


@pytest.fixture
def lake(engine: str) -> Iterator[Frames]:
    with frames() as opened:
        yield opened


def frame(lake: Frames, *, known: bool = False, times: int = 1) -> Frame:
    columns = {
        "_serial": pa.array(range(len(VALUES) * times), pa.int64()),
        ONE: pa.array([one for one, _ in VALUES] * times, pa.int64()),
        TWO: pa.array([two for _, two in VALUES] * times, pa.int64()),
    }
    if known:
        columns["defaulted"] = pa.array(DEFAULTED * times, pa.int64())
    return lake.given(pa.table(columns))


def test_cells_count_who_moves(lake: Frames) -> None:
    live = card()
    assert [score(live, {ONE: one, TWO: two}) for one, two in VALUES] == [547, 535, 591, 618, 581, 576, 554, 568]
    # bands from 610, 580, 550, 520: 4 4 2 1 2 3 3 3; ten points more: 557 545 601 628 591 586 564 578
    higher = card(490)
    assert cells(lake, frame(lake, known=True), live, higher) == [
        Cell(1, 1, 1, 10, 0),
        Cell(2, 2, 2, 20, 0),
        Cell(3, 2, 1, 10, 0),
        Cell(3, 3, 2, 20, 1),
        Cell(4, 3, 1, 10, 1),
        Cell(4, 4, 1, 10, 1),
    ]
    assert [one.defaults for one in cells(lake, frame(lake), live, higher)] == [0] * 6


def test_a_summary_keeps_no_small_group(lake: Frames) -> None:
    found = cells(lake, frame(lake, known=True, times=4), card(), card(490))
    kept = summary(found, least=5, known=True)
    assert kept == {
        "enterprises": 32,
        "mean_change": 10.0,
        "up": 8,
        "down": 0,
        "table": [
            [{"enterprises": None, "defaults": None}, *[EMPTY] * 4],
            [EMPTY, {"enterprises": 8, "defaults": 0}, *[EMPTY] * 3],
            [EMPTY, {"enterprises": None, "defaults": None}, {"enterprises": 8, "defaults": 4}, *[EMPTY] * 2],
            [*[EMPTY] * 2, *[{"enterprises": None, "defaults": None}] * 2, EMPTY],
            [EMPTY] * 5,
        ],
        "cuts": [
            {"after": 1, "risen": 0, "fallen": 0},
            {"after": 2, "risen": None, "fallen": 0},
            {"after": 3, "risen": None, "fallen": 0},
            {"after": 4, "risen": 0, "fallen": 0},
        ],
    }
    assert summary(found, least=4, known=False)["table"][2][1] == {"enterprises": 4, "defaults": None}
    assert summary([], least=5, known=False)["mean_change"] == 0.0


EMPTY = {"enterprises": 0, "defaults": None}


def test_psi() -> None:
    assert psi([1, 1], [5, 5]) == 0.0
    assert psi([50, 50], [25, 75]) == pytest.approx(-0.25 * log(0.5) + 0.25 * log(1.5))
    assert psi([10, 0], [9, 1]) == pytest.approx((0.9 - 1) * log(0.9) + (0.1 - 0.05) * log(2))
    assert (psi([], []), psi([1, 2], [0, 0])) == (0.0, 0.0)


def test_drift_counts_each_bin(lake: Frames) -> None:
    own = card()
    one, two = own.characteristics
    counted = ([1, 3, 3, 1], [1, 2, 1, 2, 2])
    for characteristic, expected in zip((one, two), counted, strict=True):
        bins = (*characteristic.bins, characteristic.missing)
        assert sum(expected) == len(VALUES)
        psis = drift(lake, frame(lake), own).characteristics
        assert psis[characteristic.code] == pytest.approx(psi([b.records for b in bins], expected))
    found = drift(lake, frame(lake), own)
    assert found.enterprises == 8
    assert found.score == pytest.approx(psi([300, 700], [1, 7]))
    # 547 is the second lowest score: the bound belongs to the part below it.
    bounded = replace(own, distribution=(replace(own.distribution[0], upto=547), own.distribution[1]))
    assert drift(lake, frame(lake), bounded).score == pytest.approx(psi([300, 700], [2, 6]))
    same = replace(own, distribution=(own.distribution[1],))
    assert drift(lake, frame(lake), same).score == 0.0


def test_truth_compares_what_was_expected_with_what_came(lake: Frames) -> None:
    own = card()
    found = truth(lake, frame(lake, known=True), own)
    scores = [score(own, {ONE: one, TWO: two}) for one, two in VALUES]
    assert (found.enterprises, found.observed) == (8, 3)
    assert found.expected == pytest.approx(sum(probability(own, one) for one in scores))
    # The three lowest scores are the three defaults.
    assert found.ks == 1.0
    assert truth(lake, frame(lake, known=True).filter(nw.col("defaulted") == 1), own).ks == 0.0
