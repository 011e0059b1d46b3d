from __future__ import annotations

import duckdb
import narwhals.stable.v2 as nw
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiahe.scoring.points.limit import MOST_BASE, Formula, Step, limit, limit_of
from tests.scoring.points.systems import BASES, formulas

FORMULA = Formula("sales", (Step(40, 500), Step(60, 1_000)), least=50_000, most=1_000_000)
WAN = 1_000_000  # fen


@pytest.mark.parametrize(
    ("points", "sales", "expected"),
    [
        (39, 1_000 * WAN, 0),  # too few points
        (40, 1_000 * WAN, 500_000),
        (59, 1_000 * WAN, 500_000),
        (60, 1_000 * WAN, 1_000_000),
        (60, 999 * WAN, 990_000),  # 99.9, rounded down
        (40, 99 * WAN, 0),  # 4.95 is below the least
        (40, 100 * WAN, 50_000),
        (60, 10_000 * WAN, 1_000_000),  # never more than the most
        (60, 0, 0),
        (60, -5, 0),
        (60, None, None),
    ],
)
def test_a_share_of_the_base_by_points(points: int, sales: int | None, expected: int | None) -> None:
    assert limit(FORMULA, points, {"sales": sales}) == expected


def test_a_base_that_nobody_names_is_not_known() -> None:
    assert limit(FORMULA, 80, {}) is None


def test_the_largest_base_overflows_nothing() -> None:
    formula = Formula("sales", (Step(0, 100_000),), least=0, most=10**9)
    assert limit(formula, 0, {"sales": 9 * MOST_BASE}) == 10**9


@given(formula=formulas(), rows=st.lists(st.tuples(st.integers(0, 250), BASES), min_size=1, max_size=8))
def test_the_whole_city_gets_what_each_enterprise_gets(formula: Formula, rows: list[tuple[int, int | None]]) -> None:
    table = pa.table({"points": [p for p, _ in rows], "sales": pa.array([b for _, b in rows], pa.int64())})
    expected = [(limit(formula, points, {"sales": base}),) for points, base in rows]
    wanted = limit_of(formula, nw.col("points")).alias("limit")
    eager = nw.from_native(table, eager_only=True).select(wanted).rows()
    lazy = nw.from_native(duckdb.from_arrow(table)).select(wanted).collect("pyarrow").rows()
    assert eager == lazy == expected
