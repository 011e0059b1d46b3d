"""The size class: exact at every limit of the standard, its traps, and the same over columns."""

from __future__ import annotations

import csv
from pathlib import Path

import duckdb
import narwhals.stable.v2 as nw
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from jiahe.scoring.size import (
    STANDARDS,
    Indicator,
    Limits,
    Size,
    Standard,
    Unsized,
    size_class,
    size_column,
    standard_of,
)

TABLE = Path(__file__).resolve().parents[3] / "shared/reference/size_standard_2017.csv"
WAN = 1_000_000  # fen
PLENTY = {"employees": 10**9, "revenue": 10**15, "assets": 10**15}
EDGES = [(s, limits) for s in STANDARDS for limits in s.limits]


@pytest.mark.parametrize(("standard", "limits"), EDGES, ids=[f"{s.name} {x.indicator}" for s, x in EDGES])
def test_each_limit_belongs_to_the_class_above_it(standard: Standard, limits: Limits) -> None:
    steps = (
        (limits.large, Size.LARGE, Size.MEDIUM),
        (limits.medium, Size.MEDIUM, Size.SMALL),
        (limits.small, Size.SMALL, Size.MICRO),
    )
    unit = 1 if limits.indicator is Indicator.EMPLOYEES else WAN
    for industry in standard.industries:
        for least, reached, missed in steps:
            for value, expected in ((least * unit, reached), (least * unit - 1, missed)):
                assert size_class(industry, **PLENTY | {limits.indicator.value: value}) == expected, (industry, value)


@pytest.mark.parametrize(
    ("industry", "figures", "expected"),
    [
        # Both lower limits, else down: by how far the weaker indicator says.
        ("17", {"employees": 1000, "revenue": 39_999 * WAN}, Size.MEDIUM),
        ("17", {"employees": 5000, "revenue": 299 * WAN}, Size.MICRO),
        ("17", {"employees": 19, "revenue": 90_000 * WAN}, Size.MICRO),
        # One indicator below the smallest limit decides alone; otherwise every one is needed.
        ("17", {"employees": 19}, Size.MICRO),
        ("17", {"revenue": 299 * WAN}, Size.MICRO),
        ("17", {"employees": 20}, Unsized.INDICATOR_UNKNOWN),
        ("17", {"assets": 1}, Unsized.INDICATOR_UNKNOWN),
        ("01", {"employees": 9999}, Unsized.INDICATOR_UNKNOWN),
        ("47", {"revenue": 6000 * WAN, "assets": 5000 * WAN}, Size.MEDIUM),
        # What others' programs get wrong: storage's medium, and telecommunication between 10,000 and 100,000.
        ("592", {"employees": 150, "revenue": 2000 * WAN}, Size.MEDIUM),
        ("63", {"employees": 2000, "revenue": 50_000 * WAN}, Size.MEDIUM),
        # Groups of one division under different standards.
        ("701", {"revenue": 1000 * WAN, "assets": 5000 * WAN}, Size.MEDIUM),
        ("7010", {"revenue": 1000 * WAN, "assets": 4999 * WAN}, Size.SMALL),
        ("702", {"employees": 300, "revenue": 1000 * WAN}, Size.MEDIUM),
        ("7030", {"employees": 300}, Size.LARGE),
        ("70", {"employees": 1}, Unsized.GROUP_UNKNOWN),
        ("59", {"employees": 1}, Unsized.GROUP_UNKNOWN),
        ("5910", {"employees": 20, "revenue": 200 * WAN}, Size.SMALL),
        ("5920", {"employees": 20, "revenue": 199 * WAN}, Size.SMALL),
        # Without a standard.
        ("53", PLENTY, Unsized.NO_STANDARD),
        ("66", PLENTY, Unsized.NO_STANDARD),
        ("704", PLENTY, Unsized.NO_STANDARD),
        ("83", PLENTY, Unsized.NO_STANDARD),
        ("84", PLENTY, Unsized.NO_STANDARD),
        ("85", {"employees": 300}, Size.LARGE),
        ("96", PLENTY, Unsized.NO_STANDARD),
        (None, PLENTY, Unsized.INDUSTRY_UNKNOWN),
        ("", PLENTY, Unsized.INDUSTRY_UNKNOWN),
        ("C1711", {"employees": 19}, Size.MICRO),
        ("X17", PLENTY, Unsized.INDUSTRY_UNKNOWN),
        ("1", PLENTY, Unsized.INDUSTRY_UNKNOWN),
    ],
)
def test_the_traps(industry: str | None, figures: dict[str, int], expected: Size | Unsized) -> None:
    assert size_class(industry, **figures) == expected


def test_no_two_standards_claim_an_industry() -> None:
    claimed = [industry for standard in STANDARDS for industry in standard.industries]
    assert len(claimed) == len(set(claimed))
    divided = {industry[:2] for industry in claimed if len(industry) == 3}
    assert divided & set(claimed) == set()


_NEAR = [v + d for s in STANDARDS for x in s.limits for v in x.scaled for d in (-1, 0, 1)]
_VALUE = some.none() | some.sampled_from(sorted(set(_NEAR))) | some.integers(0, 10**15)
_CODES = [f"{n:02}" for n in range(98)] + [
    "591",
    "5920",
    "701",
    "7010",
    "702",
    "703",
    "704",
    "709",
    "1711",
    "",
    "C17",
    "K70",
    "X17",
    "7",
    "1x",
]
_ROW = some.tuples(some.none() | some.sampled_from(_CODES), _VALUE, _VALUE, _VALUE)


@settings(max_examples=8)
@given(some.lists(_ROW, min_size=20, max_size=200))
def test_over_columns_it_is_the_same(rows: list[tuple[str | None, int | None, int | None, int | None]]) -> None:
    expected = [str(size_class(i, employees=x, revenue=y, assets=z)) for i, x, y, z in rows]
    types = {"industry": pa.string(), "employees": pa.int64(), "revenue": pa.int64(), "assets": pa.int64()}
    arrays = [pa.array([row[n] for row in rows], kind) for n, kind in enumerate(types.values())]
    table = pa.Table.from_arrays([*arrays, pa.array(range(len(rows)))], names=[*types, "n"])
    made = size_column("industry", employees="employees", revenue="revenue", assets="assets").alias("class")
    assert nw.from_native(table).select(made)["class"].to_list() == expected
    with duckdb.connect() as session:
        session.register("rows", table)
        found = nw.from_native(session.table("rows")).select("n", made).sort("n").to_native().fetchall()
    assert [size for _n, size in found] == expected


@pytest.mark.skipif(not TABLE.exists(), reason="the folder shared/reference is not beside the project")
def test_every_row_of_the_reference_is_here() -> None:
    words = {"从业人员": Indicator.EMPLOYEES, "营业收入": Indicator.REVENUE, "资产总额": Indicator.ASSETS}
    own = {(s.name, x.indicator): (x.large, x.medium, x.small) for s, x in EDGES}
    with TABLE.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    read = {
        (r["industry"], words[r["indicator"]]): tuple(int(r[c]) for c in ("large_min", "medium_min", "small_min"))
        for r in rows
    }
    assert own == read
    assert isinstance(standard_of("85"), Standard)
