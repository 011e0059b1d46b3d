"""Every kind of expression that features are made of gives the same on each engine, to the last unit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import narwhals.stable.v2 as nw
import pyarrow as pa
import pytest

from jiahe.lake.engines.frames import Frame, frames
from jiahe.scoring.features import arithmetic

pytestmark = pytest.mark.usefixtures("engine")

BIG = (1 << 47) - 1
WHOLE = nw.Int64()
MONTHS = [date(2024, 1, 1), date(2024, 2, 1), date(2024, 12, 1), date(2023, 12, 31), date(2024, 2, 29), None, None]
ROWS = pa.table(
    {
        "_serial": pa.array([1, 1, 1, 2, 2, 3, 4], pa.int64()),
        "month": pa.array(MONTHS, pa.date32()),
        "amount": pa.array([BIG, BIG, -3, 0, None, None, 7], pa.int64()),
        "code": pa.array(["a", None, "b", "a", "a", None, "丙"], pa.string()),
        "paid": pa.array([True, False, None, True, True, None, False], pa.bool_()),
    }
)
SERIAL, AMOUNT, MONTH, CODE, PAID = (nw.col(c) for c in ("_serial", "amount", "month", "code", "paid"))
NUMBER = MONTH.dt.year().cast(WHOLE) * 12 + MONTH.dt.month().cast(WHOLE)
Cases = dict[str, tuple[nw.Expr, list[Any]]]

OF_EACH: Cases = {
    "sum": (AMOUNT.sum().cast(WHOLE), [2 * BIG - 3, 0, 0, 7]),
    "sum of some": (nw.when(AMOUNT > 0).then(AMOUNT).sum().cast(WHOLE), [2 * BIG, 0, 0, 7]),
    "count": (AMOUNT.count().cast(WHOLE), [3, 1, 0, 1]),
    "rows": (nw.len().cast(WHOLE), [3, 2, 1, 1]),
    "largest": (AMOUNT.max(), [BIG, 0, None, 7]),
    "least": (AMOUNT.min(), [-3, 0, None, 7]),
    "newest": (MONTH.max(), [date(2024, 12, 1), date(2024, 2, 29), None, None]),
    "distinct, unknown being one": (CODE.n_unique().cast(WHOLE), [3, 1, 1, 1]),
    "count of some": (nw.when(CODE == "a").then(AMOUNT).count().cast(WHOLE), [1, 1, 0, 0]),
    "yes": (nw.when(PAID).then(nw.lit(1)).otherwise(nw.lit(0)).sum().cast(WHOLE), [1, 2, 0, 0]),
    "any no": (nw.when(~PAID).then(nw.lit(1)).max().cast(WHOLE), [1, None, None, 1]),
}
KEY = nw.concat_str(SERIAL.cast(nw.String), MONTH.cast(nw.String), separator="|", ignore_nulls=True)
KEYS = ["1|2024-01-01", "1|2024-02-01", "1|2024-12-01", "2|2023-12-31", "2|2024-02-29", "3", "4"]
OF_ROWS: Cases = {
    "months between": (NUMBER - (2024 * 12 + 2), [-1, 0, 10, -2, 0, None, None]),
    "day": (MONTH.dt.day().cast(WHOLE), [1, 1, 1, 31, 29, None, None]),
    "before": (nw.lit(date(2024, 2, 1)) > MONTH, [True, False, False, True, False, None, None]),
    "from": (nw.lit(date(2024, 2, 29)) <= MONTH, [False, False, True, False, True, None, None]),
    "cut": (AMOUNT.clip(-1, 5), [5, 5, -1, 0, None, None, 5]),
    "filled": (AMOUNT.fill_null(-1), [BIG, BIG, -3, 0, -1, -1, 7]),
    "rest, never below 0": (AMOUNT % 4, [3, 3, 1, 0, None, None, 3]),
    "one of": (CODE.is_in(["a", "丙"]), [True, None, False, True, True, None, True]),
    "one of or unknown": (CODE.is_in(["a"]) | CODE.is_null(), [True, True, False, True, True, True, False]),
    "key": (KEY, KEYS),
    "yes as text": (PAID.cast(nw.String), ["true", "false", None, "true", "true", None, "false"]),
    "beginning": (CODE.str.slice(0, 1), ["a", None, "b", "a", "a", None, "丙"]),
    "larger, unknown left out": (nw.max_horizontal(AMOUNT, nw.lit(1)), [BIG, BIG, 1, 1, 1, 1, 7]),
    "smaller, unknown left out": (nw.min_horizontal(AMOUNT, nw.lit(1)), [1, 1, -3, 0, 1, 1, 1]),
    "of its group": (AMOUNT.count().over("code").cast(WHOLE), [2, 1, 1, 2, 2, 1, 1]),
    "sum of its group": (AMOUNT.fill_null(0).sum().over("_serial").cast(WHOLE), [2 * BIG - 3] * 3 + [0, 0, 0, 7]),
    "rank, ties alike": (AMOUNT.rank("min").cast(WHOLE), [4, 4, 1, 2, None, None, 3]),
    "rank in its group": (AMOUNT.rank("min").over("code").cast(WHOLE), [2, 1, 1, 1, None, None, 1]),
}


@pytest.mark.parametrize(
    ("question", "cases"),
    [
        (lambda rows, expressions: rows.group_by("_serial").agg(*expressions).sort("_serial"), OF_EACH),
        (lambda rows, expressions: rows.with_columns(*expressions).sort("_serial", "month"), OF_ROWS),
    ],
)
def test_every_kind_of_expression(question: Callable[[Frame, list[nw.Expr]], Frame], cases: Cases) -> None:
    named = [expression.alias(name) for name, (expression, _) in cases.items()]
    assert asked(lambda rows: question(rows, named)).select(list(cases)).to_pydict() == {
        name: expected for name, (_, expected) in cases.items()
    }


def asked(question: Callable[[Frame], Frame], rows: pa.Table = ROWS) -> pa.Table:
    with frames() as lake:
        return lake.collect(question(lake.given(rows)))


HALVES = [
    (1, 20_000),
    (-1, 20_000),
    (3, 20_000),
    (-3, 20_000),
    (1, 3),
    (-1, 3),
    (2, 3),
    (7, 8),
    (0, 9),
    (5, 0),
    (5, -1),
]
HALF_UP = [1, 0, 2, -1, 3333, -3333, 6667, 8750, 0, None, None]


def test_ratios_are_rounded_half_up() -> None:
    pairs = [*HALVES, (None, 5), (5, None), (BIG, 3), (-BIG, 3), (BIG - 1, BIG)]
    expected = [*HALF_UP, None, None, arithmetic.CAP, -arithmetic.CAP, 10_000]
    columns = {"part": [p for p, _ in pairs], "whole": [w for _, w in pairs], "row": list(range(len(pairs)))}
    rows = pa.table({name: pa.array(values, pa.int64()) for name, values in columns.items()})
    ratio = arithmetic.ratio(nw.col("part"), nw.col("whole")).alias("ratio")
    found = asked(lambda frame: frame.with_columns(ratio).sort("row"), rows)["ratio"]
    assert str(found.type) == "int64"
    assert found.to_pylist() == expected


def test_a_rank_with_a_tie_break_is_one_order() -> None:
    """Twelve alike: the serial decides, whatever order the engine met them in."""
    rows = pa.table({"_serial": pa.array(range(12, 0, -1), pa.int64()), "points": pa.array([600] * 12, pa.int64())})
    ordered = rows.append_column("group", pa.array([n % 2 for n in range(12)], pa.int64()))
    place = nw.col("_serial").cum_count().over("group", order_by=["points", "_serial"]).cast(WHOLE).alias("place")
    found = asked(lambda frame: frame.with_columns(place).sort("_serial"), ordered)
    assert found["place"].to_pylist() == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6]


def test_a_frame_meets_itself_and_others() -> None:
    """Pairs of rows with one code, both ways and once; and what has no partner."""

    def pairs(rows: Frame) -> Frame:
        one = rows.filter(~CODE.is_null()).select(SERIAL.alias("one"), "code").unique()
        other = one.select(nw.col("one").alias("other"), "code")
        met = one.join(other, on="code", how="inner").filter(nw.col("one") != nw.col("other"))
        both = nw.concat(
            [met.select("one", "other"), met.select(nw.col("other").alias("one"), nw.col("one").alias("other"))]
        )
        return both.unique().sort("one")

    assert asked(pairs).to_pylist() == [{"one": 1, "other": 2}, {"one": 2, "other": 1}]
    alone = asked(
        lambda rows: rows.join(rows.filter(AMOUNT.is_null()), on="_serial", how="anti").sort("_serial", "month")
    )
    assert alone["_serial"].to_pylist() == [1, 1, 1, 4]


def test_hundreds_of_aggregates_at_once() -> None:
    when = [nw.lit(date(2024 - n // 12, n % 12 + 1, 1)) <= MONTH for n in range(300)]
    sums = [nw.when(one).then(AMOUNT).sum().cast(WHOLE).alias(f"a{n}") for n, one in enumerate(when)]
    found = asked(lambda rows: rows.group_by("_serial").agg(*sums).sort("_serial"))
    first = [2 * BIG - 3, BIG - 3, *[-3] * 10]
    assert [found[f"a{n}"][0].as_py() for n in range(300)] == [*first, *[2 * BIG - 3] * 288]
