"""Each way to make one number out of an enterprise's records, against the same in plain Python."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import duckdb
import narwhals.stable.v2 as nw
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jiahe.catalogue import load
from jiahe.scoring.features import arithmetic
from jiahe.scoring.features.aggregation import LIMIT, End, aggregated, end_of
from jiahe.scoring.features.model import EVER, Aggregate, Function, Where, Window

CATEGORY = load().categories["0702"]
END = End(date(2026, 11, 1))
PENSION = (Where("insurance_kind", ("110",)),)
WINDOWS = (EVER, Window(3), Window(12), Window(3, 12))


@dataclass(frozen=True)
class Row:
    serial: int
    day: date
    kind: str | None
    count: int | None


rows = st.builds(
    Row,
    st.integers(1, 3),
    st.dates(date(2024, 1, 1), date(2026, 12, 31)).map(lambda d: d.replace(day=1)),
    st.sampled_from(["110", "410", None]),
    st.one_of(st.none(), st.integers(-50, 50), st.just(1 << 60)),
)


def month(day: date) -> int:
    return day.year * 12 + day.month


def inside(row: Row, aggregate: Aggregate) -> bool:
    age = month(END.day) - month(row.day)  # 1 is the newest month
    window = aggregate.window
    if window.months is not None and not window.skipped < age <= window.skipped + window.months:
        return False
    return not aggregate.where or row.kind == "110"


def cut(number: int) -> int:
    return max(1 - LIMIT, min(LIMIT - 1, number))


def sum_of(numbers: list[int]) -> int | None:
    return sum(numbers) if numbers else None


def moment(aggregate: Aggregate, found: list[Row]) -> int:
    weights = [(month(r.day) - month(END.day), r.count) for r in found]
    if not aggregate.item:
        return sum(weight for weight, _ in weights)
    return sum(weight * cut(number) for weight, number in weights if number is not None)


def latest(found: list[Row]) -> int | None:
    stated = [(r.day, cut(r.count)) for r in found if r.count is not None]
    return max(stated)[1] if stated else None


PLAIN: dict[Function, Callable[[Aggregate, list[Row]], int | None]] = {
    Function.SUM: lambda _, found: sum_of([cut(r.count) for r in found if r.count is not None]),
    Function.COUNT: lambda _, found: len(found),
    Function.MAX: lambda _, found: max((cut(r.count) for r in found if r.count is not None), default=None),
    Function.MIN: lambda _, found: min((cut(r.count) for r in found if r.count is not None), default=None),
    Function.LATEST: lambda _, found: latest(found),
    Function.MONTHS: lambda _, found: len({r.day for r in found}),
    Function.SINCE: lambda _, found: min((month(END.day) - month(r.day) for r in found), default=None),
    Function.FIRST: lambda _, found: max((month(END.day) - month(r.day) for r in found), default=None),
    Function.MOMENT: moment,
    Function.SQUARES: lambda _, found: sum((month(r.day) - month(END.day)) ** 2 for r in found),
}
ITEMLESS = (Function.COUNT, Function.MONTHS, Function.SINCE, Function.FIRST, Function.SQUARES)
AGGREGATES = [
    Aggregate("0702", function, "" if function in ITEMLESS else "insured_count", window, where)
    for function in Function
    for window in WINDOWS
    for where in ((), PENSION)
]


def worked_out(some: list[Row], aggregates: list[Aggregate]) -> dict[int, dict[str, int | None]]:
    table = pa.table(
        {
            "_serial": pa.array([r.serial for r in some], pa.int64()),
            "_business_date": pa.array([r.day for r in some], pa.date32()),
            "insurance_kind": pa.array([r.kind for r in some], pa.string()),
            "insured_count": pa.array([r.count for r in some], pa.int64()),
        }
    )
    with duckdb.connect() as session:
        frame = nw.from_native(session.from_arrow(table))
        found = nw.to_native(aggregated(frame, CATEGORY, aggregates, END)).to_arrow_table().to_pylist()
    return {row.pop("_serial"): row for row in found}


@settings(max_examples=40, deadline=None)
@given(st.lists(rows, max_size=30))
def test_every_function_over_every_window_is_as_in_plain_python(some: list[Row]) -> None:
    before = [r for r in some if r.day < END.day]
    expected = {
        serial: {
            a.column: PLAIN[a.function](a, [r for r in before if r.serial == serial and inside(r, a)])
            for a in AGGREGATES
        }
        for serial in {r.serial for r in before}
    }
    assert worked_out(some, AGGREGATES) == expected


def test_a_rank_stands_for_a_code_and_what_has_none_is_not_known() -> None:
    ranked = Aggregate("0702", Function.LATEST, "insurance_kind", ranks=(("110", 5), ("410", 2)))
    days = [Row(1, date(2026, 1, 1), "110", None), Row(1, date(2026, 2, 1), "410", None)]
    later = Row(1, date(2026, 3, 1), "210", None)
    assert worked_out([*days, later], [ranked]) == {1: {ranked.column: 2}}
    assert worked_out([later], [ranked]) == {1: {ranked.column: None}}


@pytest.mark.parametrize(
    ("as_of", "end"),
    [
        (date(2026, 11, 25), date(2026, 12, 1)),
        (date(2026, 11, 20), date(2026, 11, 1)),
        (date(2026, 1, 21), date(2026, 2, 1)),
    ],
)
def test_monthly_records_end_with_the_newest_month_that_is_usually_there(as_of: date, end: date) -> None:
    assert CATEGORY.usual_delay_days == 20
    assert end_of(CATEGORY, as_of) == End(end)


def test_other_records_end_with_the_day_itself_and_windows_count_back_from_it() -> None:
    end = end_of(load().categories["0402"], date(2026, 3, 30))
    assert end == End(date(2026, 3, 31))
    assert [end.back(n) for n in (1, 12, 13)] == [date(2026, 2, 28), date(2025, 3, 28), date(2025, 2, 28)]


def one(expression: nw.Expr, **values: int | None) -> int | None:
    table = pa.table({name: pa.array([value], pa.int64()) for name, value in values.items()})
    with duckdb.connect() as session:
        frame = nw.from_native(session.from_arrow(table)).select(expression.alias("found"))
        found: int | None = nw.to_native(frame).fetchall()[0][0]
    return found


A, B, C = nw.col("a"), nw.col("b"), nw.col("c")


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (1, 3, 3_333),
        (2, 3, 6_667),
        (1, 20_000, 1),  # half a hundredth goes up
        (-1, 20_000, 0),
        (-3, 20_000, -1),
        (5, 0, None),
        (5, -1, None),
        (None, 3, None),
        (7, 1, 70_000),
        (1_000, 1, arithmetic.CAP),
    ],
)
def test_a_ratio_is_hundredths_of_a_per_cent_rounded_once_half_up(a: int | None, b: int, expected: int | None) -> None:
    assert one(arithmetic.ratio(A, B), a=a, b=b) == expected


def test_a_change_is_against_what_was_before() -> None:
    assert one(arithmetic.change(A, B), a=57, b=100) == -4_300
    assert one(arithmetic.change(A, B), a=57, b=0) is None


def test_a_young_enterprise_has_no_gap_before_its_first_month() -> None:
    gaps = arithmetic.Missing(12)
    assert one(gaps(A, B), a=10, b=30) == 2
    assert one(gaps(A, B), a=4, b=4) == 0
    assert one(gaps(A, B), a=3, b=5) == 2


def test_a_slope_is_that_of_least_squares_against_the_mean_month() -> None:
    days = [date(2026, m, 1) for m in range(1, 11)]
    some = [Row(1, day, "110", 100 + 10 * i) for i, day in enumerate(days)]
    window = Window(12)
    inputs = [
        Aggregate("0702", Function.MOMENT, "insured_count", window),
        Aggregate("0702", Function.SUM, "insured_count", window),
        Aggregate("0702", Function.COUNT, "insured_count", window),
        Aggregate("0702", Function.MOMENT, "", window),
        Aggregate("0702", Function.SQUARES, "", window),
    ]
    numbers = {f"n{i}": worked_out(some, inputs)[1][a.column] for i, a in enumerate(inputs)}
    slope = arithmetic.slope(*(nw.col(name) for name in numbers))
    assert one(slope, **numbers) == 690  # 10 a month, of 145 in the mean: 6.897 %
    assert one(slope, **{**numbers, "n2": 5}) is None
