"""The expression over a frame says of each enterprise what `evaluate` says of it alone, on every backend."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import duckdb
import narwhals.stable.v2 as nw
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiahe.rules import (
    Facts,
    Known,
    Rule,
    Verdict,
    columns,
    evaluate,
    expression,
    parse,
    resolve,
    row,
    sentence,
    to_json,
)
from jiahe.rules import subjects as resolvers
from jiahe.rules.days import later
from jiahe.rules.subjects import COUNT
from tests.rules.sample import TODAY, Data

NUMBERS = {Verdict.MET: 1, Verdict.NOT_MET: 0, Verdict.TO_VERIFY: None}
ORDER = ("=", "!=", ">=", ">", "<=", "<")
GRADES = "ABCDM"

days = st.dates(date(2023, 1, 1), date(2027, 1, 1))
written_days = days.map(date.isoformat) | st.sampled_from(
    ["today", "today - 24 months", "today + 10 days", "today - 1 years"]
)
# Few values, so that many are equal to what they are compared with.
amounts = st.integers(-3, 3)
fen = st.sampled_from([Decimal(n).scaleb(-2) for n in (-100, 0, 99, 100, 101, 200, 300)])


@pytest.fixture(autouse=True, scope="module")
def scores() -> Iterator[None]:
    """Scores are resolved, features are not."""
    before = dict(resolvers._resolvers)
    resolve(Known.SCORE, {"credit": COUNT}.get)
    yield
    resolvers._resolvers.clear()
    resolvers._resolvers.update(before)


def compared(subject: Data, values: st.SearchStrategy[object]) -> st.SearchStrategy[Data]:
    return st.tuples(st.sampled_from(ORDER), values).map(lambda p: {**subject, "op": p[0], "value": p[1]})


def chosen(subject: Data, codes: list[str]) -> st.SearchStrategy[Data]:
    one = st.tuples(st.sampled_from(("=", "!=")), st.sampled_from(codes))
    several = st.tuples(st.sampled_from(("in", "not_in")), st.lists(st.sampled_from(codes), min_size=1, max_size=3))
    return (one | several).map(lambda p: {**subject, "op": p[0], "value": p[1]})


def exists(subject: Data) -> st.SearchStrategy[Data]:
    return st.booleans().map(lambda v: {**subject, "op": "exists", "value": v})


SALES: Data = {"category": "0202", "item": "sales_total"}
YEAR: Data = {"window": {"years": 1}}
MONTHS: Data = {"window": {"months": 6}}
CASES: Data = {"category": "0304", "where": [{"item": "amount_claimed", "op": ">", "value": 1}]}
CAPITAL: Data = {"category": "0101", "item": "registered_capital"}
between_amounts = st.tuples(amounts, amounts).map(lambda p: {**CAPITAL, "op": "between", "value": sorted(p)})

leaves = st.one_of(
    compared({"fact": "age_months"}, st.integers(0, 4)),
    chosen({"fact": "region"}, ["330400", "330402", "330402007", "330411"]),
    chosen({"fact": "industry"}, ["C", "K", "17", "70"]),
    chosen({"fact": "size"}, ["small", "micro", "large"]),
    chosen({"category": "0206", "item": "grade"}, list(GRADES)),
    compared({"category": "0206", "item": "graded_on"}, written_days),
    compared(SALES | YEAR | {"aggregate": "sum"}, amounts),
    compared(SALES | YEAR | {"aggregate": "sum", "growth": True}, amounts),
    compared(SALES | MONTHS | {"aggregate": "average"}, amounts),
    compared({"category": "0202", "item": "output_tax", "per": "sales_total"}, amounts),
    compared({"category": "0304", "aggregate": "count"}, st.integers(0, 3)),
    exists(CASES),
    exists(CASES | {"window": {"months": 24}}),
    between_amounts,
    st.booleans().map(lambda v: {"category": "0101", "item": "small_or_micro", "op": "=", "value": v}),
    exists({"label": "srdi"}),
    compared({"score": "credit"}, st.integers(590, 610)),
    compared({"feature": "months"}, st.integers(0, 3)),
    st.just({"declared": "在本行开立结算账户"}),
)
rules = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda r: {"and": r}),
        st.lists(inner, min_size=1, max_size=3).map(lambda r: {"or": r}),
        inner.map(lambda r: {"not": r}),
    ),
    max_leaves=8,
).map(parse)

months = st.integers(0, 47).map(lambda n: later(date(2023, 1, 1), n))
filings = st.lists(
    st.fixed_dictionaries({"period": months, "sales_total": st.none() | fen, "output_tax": fen}), max_size=3
)
full_filings = st.lists(fen, min_size=24, max_size=24).map(
    lambda found: [
        {"period": date(2024 + n // 12, n % 12 + 1, 1), "sales_total": amount, "output_tax": Decimal(1)}
        for n, amount in enumerate(found)
    ]
)
grades = st.lists(st.fixed_dictionaries({"graded_on": days, "grade": st.none() | st.sampled_from(GRADES)}), max_size=2)
cases = st.lists(st.fixed_dictionaries({"filed_on": days, "amount_claimed": st.none() | fen}), max_size=3)
registration = st.fixed_dictionaries(
    {
        "registered_capital": st.none() | amounts.map(lambda n: Decimal(n).scaleb(-4)),
        "registered_capital_currency": st.sampled_from([None, "CNY", "USD"]),
        "small_or_micro": st.none() | st.booleans(),
    }
).map(lambda one: [one])
established = st.tuples(st.integers(1, 4), st.integers(-1, 1)).map(lambda p: later(TODAY, -p[0]) + timedelta(days=p[1]))
enterprises = st.builds(
    Facts,
    records=st.fixed_dictionaries(
        {}, optional={"0202": filings | full_filings, "0206": grades, "0304": cases, "0101": registration}
    ),
    region=st.sampled_from(["", "330402007", "330411", "310000"]),
    industry=st.sampled_from(["", "17", "70"]),
    size=st.sampled_from(["", "small", "large"]),
    established_on=st.none() | established,
    labels=st.sampled_from([None, frozenset(), frozenset({"srdi"})]),
    scores=st.sampled_from([{}, {"credit": None}, {"credit": 600}]),
    features=st.just({"months": 3}),
)


def on_arrow(table: pa.Table, rule: Rule) -> list[int | None]:
    return list(nw.from_native(table).with_columns(rule=expression(rule, TODAY))["rule"].to_list())


def on_duckdb(table: pa.Table, rule: Rule) -> list[int | None]:
    with duckdb.connect() as session:
        frame = nw.from_native(session.from_arrow(table)).with_columns(rule=expression(rule, TODAY))
        return list(frame.sort("place").collect("pyarrow")["rule"].to_list())


def table_of(rule: Rule, found: list[Facts]) -> pa.Table:
    rows = [row(rule, facts, TODAY) for facts in found]
    types = {name: column.dtype for name, column in columns(rule).items()}
    data = {"place": list(range(len(rows)))} | {name: [r[name] for r in rows] for name in types}
    return nw.from_dict(data, schema={"place": nw.Int64()} | types, backend="pyarrow").to_native()


def both_ways(rule: Rule, found: list[Facts]) -> list[int | None]:
    """What it comes to for each; the same one by one and on every backend."""
    expected = [NUMBERS[evaluate(rule, facts, TODAY).verdict] for facts in found]
    table = table_of(rule, found)
    assert on_arrow(table, rule) == expected
    assert on_duckdb(table, rule) == expected
    return expected


@given(rules, st.lists(enterprises, min_size=1, max_size=5))
def test_both_ways_are_equal(rule: Rule, found: list[Facts]) -> None:
    both_ways(rule, found)


@pytest.mark.parametrize(
    ("operator", "expected"),
    [("=", [0, 1, 0]), ("!=", [1, 0, 1]), (">=", [0, 1, 1]), (">", [0, 0, 1]), ("<=", [1, 1, 0]), ("<", [1, 0, 0])],
)
def test_at_the_boundary(operator: str, expected: list[int]) -> None:
    """Of days, amounts and ages just below, at and above what they are compared with."""
    day, unknown = timedelta(days=1), [None]
    grade = parse({"category": "0206", "item": "graded_on", "op": operator, "value": "today"})
    graded = [Facts({"0206": [{"graded_on": d}]}) for d in (TODAY - day, TODAY, TODAY + day, None)]
    assert both_ways(grade, graded) == expected + unknown
    capital = parse(CAPITAL | {"op": operator, "value": "10000.01"})
    amounts = [Facts({"0101": [{"registered_capital": Decimal(a)}]}) for a in ("1", "1.000001", "1.000002")]
    assert both_ways(capital, [*amounts, Facts()]) == expected + unknown
    age = parse({"fact": "age_months", "op": operator, "value": 12})
    ages = [Facts(established_on=d) for d in (date(2025, 11, 26), date(2025, 11, 25), date(2025, 10, 25))]
    assert both_ways(age, [*ages, Facts()]) == expected + unknown


def test_both_ends_are_between() -> None:
    rule = parse(CAPITAL | {"op": "between", "value": [10_000, 20_000]})
    found = [Facts({"0101": [{"registered_capital": Decimal(a)}]}) for a in ("0.999999", "1", "2", "2.000001")]
    assert both_ways(rule, found) == [0, 1, 1, 0]


@given(rules)
def test_a_rule_is_read_as_it_was_written(rule: Rule) -> None:
    assert parse(to_json(rule)) == rule
    assert sentence(rule)


@given(rules, enterprises)
def test_what_is_missing_is_never_held_against_an_enterprise(rule: Rule, facts: Facts) -> None:
    """Whoever knows less comes to the same verdict, or to none."""
    known = evaluate(rule, facts, TODAY).verdict
    for category in facts.records:
        fewer = {code: r for code, r in facts.records.items() if code != category}
        less = Facts(fewer, facts.region, facts.industry, facts.size, facts.kind, facts.established_on, facts.labels)
        assert evaluate(rule, less, TODAY).verdict in (known, Verdict.TO_VERIFY)


def test_column_names_are_the_same_in_every_process() -> None:
    rule = parse({"and": [SALES | YEAR | {"aggregate": "sum", "op": ">=", "value": v} for v in (1, 2)]})
    assert list(columns(rule)) == ["c0202_sales_total_sum_3518a2bc22"]
