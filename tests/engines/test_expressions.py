"""Every kind of expression that features are made of gives the same on each engine, to the last unit."""

from __future__ import annotations

from datetime import date
from typing import Any

import narwhals.stable.v2 as nw
import pyarrow as pa
import pytest

from jiahe.lake.engines.frames import Frame, frames

pytestmark = pytest.mark.usefixtures("engine")

BIG = (1 << 47) - 1
ROWS = pa.table(
    {
        "_serial": pa.array([1, 1, 1, 2, 2, 3, 4], pa.int64()),
        "month": pa.array(
            [date(2024, m, 1) for m in (1, 2, 12)] + [date(2023, 12, 31), date(2024, 2, 29)] + [None] * 2
        ),
        "amount": pa.array([BIG, BIG, -3, 0, None, None, 7], pa.int64()),
        "code": pa.array(["a", None, "b", "a", "a", None, "丙"], pa.string()),
        "paid": pa.array([True, False, None, True, True, None, False], pa.bool_()),
    }
)
AMOUNT, MONTH, CODE, PAID = nw.col("amount"), nw.col("month"), nw.col("code"), nw.col("paid")


def of_each(expression: nw.Expr) -> list[Any]:
    """The value for each enterprise, in their order."""
    return asked(lambda rows: rows.group_by("_serial").agg(expression.alias("found")).sort("_serial"))


def of_rows(expression: nw.Expr, *order: str) -> list[Any]:
    """The value for each row, in an order that has no ties."""
    return asked(lambda rows: rows.with_columns(expression.alias("found")).sort(*(order or ("_serial", "month"))))


def asked(question: Any) -> list[Any]:
    with frames() as lake:
        rows: Frame = lake.given(ROWS)
        table = lake.collect(question(rows))
    found: list[Any] = table["found"].to_pylist()
    assert not any(isinstance(one, float) for one in found)
    return found


WHOLE = nw.Int64()


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        (AMOUNT.sum().cast(WHOLE), [2 * BIG - 3, 0, 0, 7]),
        (nw.when(AMOUNT > 0).then(AMOUNT).sum().cast(WHOLE), [2 * BIG, 0, 0, 7]),
        (AMOUNT.count().cast(WHOLE), [3, 1, 0, 1]),
        (nw.len().cast(WHOLE), [3, 2, 1, 1]),
        (AMOUNT.max(), [BIG, 0, None, 7]),
        (AMOUNT.min(), [-3, 0, None, 7]),
        (MONTH.max(), [date(2024, 12, 1), date(2024, 2, 29), None, None]),
        (CODE.n_unique().cast(WHOLE), [3, 1, 1, 1]),  # unknown counts as a value of its own
        (nw.when(CODE == "a").then(AMOUNT).count().cast(WHOLE), [1, 1, 0, 0]),
        (nw.when(PAID).then(nw.lit(1)).otherwise(nw.lit(0)).sum().cast(WHOLE), [1, 2, 0, 0]),
        (nw.when(~PAID).then(nw.lit(1)).max().cast(WHOLE), [1, None, None, 1]),
    ],
)
def test_aggregates(expression: nw.Expr, expected: list[Any]) -> None:
    assert of_each(expression) == expected


NUMBER = MONTH.dt.year().cast(WHOLE) * 12 + MONTH.dt.month().cast(WHOLE)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        (NUMBER - (2024 * 12 + 2), [-1, 0, 10, -2, 0, None, None]),
        (MONTH.dt.day().cast(WHOLE), [1, 1, 1, 31, 29, None, None]),
        (nw.lit(date(2024, 2, 1)) > MONTH, [True, False, False, True, False, None, None]),
        (nw.lit(date(2024, 2, 29)) <= MONTH, [False, False, True, False, True, None, None]),
        (AMOUNT.clip(-1, 5), [5, 5, -1, 0, None, None, 5]),
        (AMOUNT.fill_null(-1), [BIG, BIG, -3, 0, -1, -1, 7]),
        (AMOUNT % 4, [3, 3, 1, 0, None, None, 3]),  # never below 0
        (CODE.is_in(["a", "丙"]), [True, None, False, True, True, None, True]),
        (CODE.is_in(["a"]) | CODE.is_null(), [True, True, False, True, True, True, False]),
        (
            nw.concat_str(nw.col("_serial").cast(nw.String), MONTH.cast(nw.String), separator="|", ignore_nulls=True),
            ["1|2024-01-01", "1|2024-02-01", "1|2024-12-01", "2|2023-12-31", "2|2024-02-29", "3", "4"],
        ),
        (PAID.cast(nw.String), ["true", "false", None, "true", "true", None, "false"]),
        (CODE.str.slice(0, 1), ["a", None, "b", "a", "a", None, "丙"]),
        (nw.max_horizontal(AMOUNT, nw.lit(1)), [BIG, BIG, 1, 1, 1, 1, 7]),  # what is unknown is left out
        (nw.min_horizontal(AMOUNT, nw.lit(1)), [1, 1, -3, 0, 1, 1, 1]),
    ],
)
def test_rows(expression: nw.Expr, expected: list[Any]) -> None:
    assert of_rows(expression) == expected
