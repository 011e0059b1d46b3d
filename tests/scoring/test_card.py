"""The card: one enterprise and all of them get the same points; JSON goes out and comes back; a broken card is refused."""

from __future__ import annotations

import json
from dataclasses import replace
from math import inf, nan, nextafter
from typing import Any

import duckdb
import narwhals.stable.v2 as nw
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiahe.scoring.card import (
    POINTS,
    Bin,
    Card,
    Characteristic,
    Logistic,
    Steps,
    band,
    dumps,
    loads,
    points,
    probability,
    reasons,
    score,
    scored,
)
from jiahe.scoring.errors import WrongCard
from tests.scoring.cards import CARD

NUMBERS = st.floats(allow_nan=False, allow_infinity=False, width=64)


@st.composite
def characteristics(draw: st.DrawFn, code: str) -> Characteristic:
    bounds = sorted(draw(st.sets(NUMBERS | st.integers(-3, 3).map(float), max_size=5)))
    whole = st.integers(-200, 200)
    bins = tuple(Bin(below, draw(whole), 0.0, 1, 0) for below in [*bounds, None])
    return Characteristic(code, None, -1.0, 0.0, bins, Bin(None, draw(whole), 0.0, 1, 0))


@st.composite
def cards_and_rows(draw: st.DrawFn) -> tuple[Card, list[dict[str, float | None]]]:
    card = replace(CARD, characteristics=tuple(draw(characteristics(code)) for code in ("a", "b")))
    values = [
        st.sampled_from([near for box in one.bins if box.below is not None for near in _near(box.below)] + [None])
        | st.none()
        | st.floats(allow_nan=True, allow_infinity=True)
        for one in card.characteristics
    ]
    rows = draw(st.lists(st.tuples(*values), min_size=1, max_size=8))
    return card, [dict(zip(("a", "b"), row, strict=True)) for row in rows]


def _near(bound: float) -> tuple[float, ...]:
    return nextafter(bound, -inf), bound, nextafter(bound, inf)


def _expected(card: Card, row: dict[str, Any]) -> dict[str, int]:
    total = score(card, row)
    own = {POINTS + code: value for code, value in points(card, row).items()}
    return own | {"score": total, "band": band(card, total)}


def _in_duckdb(card: Card, rows: pa.Table) -> list[dict[str, Any]]:
    with duckdb.connect() as session:
        session.execute("SET threads = 1")
        frame = scored(nw.from_native(session.from_arrow(rows)), card).collect("pyarrow")
    return _own(frame)


def _own(frame: nw.DataFrame[Any]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = frame.select(nw.selectors.matches(rf"^({POINTS}|score|band)")).to_native().to_pylist()
    return rows


@given(cards_and_rows())
def test_the_expression_equals_the_function(drawn: tuple[Card, list[dict[str, float | None]]]) -> None:
    """Nulls, NaN, infinities, the bounds themselves and the doubles right beside them."""
    card, rows = drawn
    columns = {code: pa.array([row[code] for row in rows], pa.float64()) for code in ("a", "b")}
    assert _in_duckdb(card, pa.table(columns)) == [_expected(card, row) for row in rows]


@given(st.lists(st.none() | st.integers(-(2**63), 2**63 - 1), min_size=1, max_size=20))
def test_whole_numbers_are_compared_as_the_engines_do(values: list[int | None]) -> None:
    rows = pa.table({code: pa.array(values, pa.int64()) for code in CARD.codes})
    assert _in_duckdb(CARD, rows) == [_expected(CARD, dict.fromkeys(CARD.codes, value)) for value in values]


def test_arrow_in_memory_answers_the_same() -> None:
    values = [None, 5, 6, 7, 12, -251, -250, 0, 6000]
    rows = pa.table({code: pa.array(values, pa.int64()) for code in CARD.codes})
    assert _own(scored(nw.from_native(rows), CARD)) == _in_duckdb(CARD, rows)


def test_points_reasons_band_and_probability() -> None:
    values = {"paid_months": 12, "debt_ratio": None}
    own = points(CARD, values)
    assert own == {"paid_months": 48, "debt_ratio": 55}
    assert score(CARD, values) == 583
    assert reasons(CARD, own) == {"paid_months": 17, "debt_ratio": -9}
    assert [band(CARD, one) for one in (610, 609, 580, 550, 520, 519)] == [1, 2, 2, 3, 4, 5]
    assert probability(CARD, 583) == 0.05809088621259434


def test_a_feature_that_was_not_worked_out_is_not_a_missing_value() -> None:
    with pytest.raises(KeyError):
        points(CARD, {"paid_months": 1})


def test_steps_hold_from_their_score_on() -> None:
    card = replace(CARD, calibration=Steps(scores=(500, 600), probabilities=(0.4, 0.1, 0.01)))
    assert [probability(card, one) for one in (499, 500, 599, 600)] == [0.4, 0.1, 0.1, 0.01]


def test_a_probability_stays_one_at_any_score() -> None:
    card = replace(CARD, calibration=Logistic(slope=-1.0, intercept=0.0))
    assert probability(card, -(10**6)) == 1.0
    assert 0.0 < probability(card, 10**6) < 1e-300


def test_json_goes_out_and_comes_back() -> None:
    for card in (CARD, replace(CARD, calibration=Steps((500,), (0.4, 0.1)))):
        assert loads(dumps(card)) == card
        assert loads(dumps(card)).digest == card.digest
    assert list(json.loads(dumps(CARD)))[:3] == ["schema", "base", "scaling"]


def test_the_digest_is_of_the_content_not_of_its_spelling() -> None:
    spelt = json.dumps(json.loads(dumps(CARD)), sort_keys=True, indent=7)
    assert loads(spelt).digest == CARD.digest
    assert replace(CARD, base=481).digest != CARD.digest


def _broken(path: str, value: object) -> str:
    document = json.loads(dumps(CARD))
    *way, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    inner = document
    for step in way:
        inner = inner[step]
    inner[last] = value
    return json.dumps(document)


@pytest.mark.parametrize(
    ("path", "value", "where"),
    [
        ("schema", "jiahe-card/2", "card.schema"),
        ("base", 480.5, "card.base"),
        ("base", True, "card.base"),
        ("unknown", 1, "card"),
        ("scaling", {"points": 600, "odds": 20}, "card.scaling"),
        ("scaling.pdo", 0, "card.scaling"),
        ("characteristics", [], "card.characteristics"),
        ("characteristics.1.code", "paid_months", "card.characteristics"),
        ("characteristics.0.direction", "up", "card.characteristics[0].direction"),
        ("characteristics.0.direction", "falling", "card.characteristics[0].bins"),
        ("characteristics.0.bins", [], "card.characteristics[0].bins"),
        ("characteristics.0.bins.0.below", None, "card.characteristics[0].bins"),
        ("characteristics.0.bins.1.below", 6.0, "card.characteristics[0].bins"),
        ("characteristics.0.bins.2.below", 99.0, "card.characteristics[0].bins"),
        ("characteristics.0.bins.2.points", "48", "card.characteristics[0].bins[2].points"),
        ("characteristics.0.missing.defaults", 101, "card.characteristics[0].missing"),
        ("calibration.slope", 0.1, "card.calibration.slope"),
        ("calibration", {"scores": [500], "probabilities": [0.1]}, "card.calibration.probabilities"),
        ("calibration", {"scores": [500], "probabilities": [0.1, 0.2]}, "card.calibration.probabilities"),
        ("bands", [610, 580, 550], "card.bands"),
        ("bands", [520, 550, 580, 610], "card.bands"),
        ("distribution.1.upto", 700, "card.distribution"),
        ("origin.seed", "7", "card.origin.seed"),
    ],
)
def test_a_broken_card_is_refused_at_its_place(path: str, value: object, where: str) -> None:
    with pytest.raises(WrongCard) as refused:
        loads(_broken(path, value))
    assert refused.value.facts["where"] == where


@pytest.mark.parametrize("text", ["", "{", "[]", dumps(CARD)[:-20], dumps(CARD).replace("480", "NaN", 1)])
def test_what_is_no_card_at_all_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(WrongCard) as refused:
        loads(text)
    assert "\n" not in refused.value.sentence


def test_not_known_is_not_a_number() -> None:
    assert points(CARD, {"paid_months": nan, "debt_ratio": nan}) == points(
        CARD, {"paid_months": None, "debt_ratio": None}
    )
