"""What a subject comes to: windows, aggregates, growth, percentages, and when nobody can tell."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest

from jiahe.rules import Known, Verdict, parse, resolve
from jiahe.rules.batch import columns, row
from jiahe.rules.days import Span, age_months, span
from jiahe.rules.model import Unit, Window
from jiahe.rules.subjects import COUNT, _resolvers
from jiahe.rules.values import Facts, Record, divided
from tests.rules.sample import TODAY, holding, monthly, verdict

MET, NOT_MET, TO_VERIFY = Verdict.MET, Verdict.NOT_MET, Verdict.TO_VERIFY
LAST_YEAR, YEAR_BEFORE = date(2025, 1, 1), date(2024, 1, 1)


def value(subject: Mapping[str, object], facts: Facts) -> object:
    """The value of a measure that is compared with a number."""
    rule = parse({**subject, "op": ">=", "value": 0})
    [name] = columns(rule)
    return row(rule, facts, TODAY)[name]


def sales(**more: object) -> dict[str, object]:
    return {"category": "0202", "item": "sales_total", "aggregate": "sum", "window": {"years": 1}} | more


def test_money_is_counted_in_fen_whatever_its_items_unit() -> None:
    assert value(sales(), holding("0202", *monthly(LAST_YEAR, 12, "sales_total", "100.01"))) == 120_012
    capital = {"category": "0101", "item": "registered_capital"}
    assert value(capital, holding("0101", {"registered_capital": Decimal("12.5")})) == 12_500_000


def test_an_amount_in_another_currency_cannot_be_judged() -> None:
    capital = {"category": "0101", "item": "registered_capital"}
    record: Record = {"registered_capital": Decimal(100), "registered_capital_currency": "USD"}
    assert value(capital, holding("0101", record)) is None


def test_a_year_is_known_when_each_month_is_there_or_each_quarter() -> None:
    months = monthly(LAST_YEAR, 12, "sales_total", "10")
    assert value(sales(), holding("0202", *months)) == 12_000
    assert value(sales(), holding("0202", *months[:5], *months[6:])) is None
    assert value(sales(), holding("0202", *monthly(LAST_YEAR, 12, "sales_total", "30", every=3))) == 12_000
    assert value(sales(), holding("0202", *monthly(LAST_YEAR, 9, "sales_total", "30", every=3))) is None


@pytest.mark.parametrize(
    "facts", [Facts(), holding("0202"), holding("0202", {"period": None, "sales_total": Decimal(1)})]
)
def test_figures_that_nobody_sent_are_missing(facts: Facts) -> None:
    assert value(sales(), facts) is None
    assert verdict(sales() | {"op": ">=", "value": 1}, facts) is TO_VERIFY


def test_a_missing_value_among_others_leaves_the_sum_unknown() -> None:
    months = monthly(LAST_YEAR, 12, "sales_total", "10")
    months[3] = {"period": date(2025, 4, 1), "sales_total": None}
    assert value(sales(), holding("0202", *months)) is None


def test_months_are_counted_back_from_the_last_one_that_has_usually_come() -> None:
    issued = {"category": "0205", "item": "issued_amount", "aggregate": "sum", "window": {"months": 3}}
    august_on = monthly(date(2026, 8, 1), 3, "issued_amount", "1")  # October's is sent 40 days after its first
    assert value(issued, holding("0205", *august_on)) == 300
    assert value(issued, holding("0205", *august_on, {"period": date(2026, 11, 1), "issued_amount": Decimal(9)})) == 300


def test_growth_is_year_on_year() -> None:
    before, now = monthly(YEAR_BEFORE, 12, "sales_total", "30"), monthly(LAST_YEAR, 12, "sales_total", "40")
    assert value(sales(growth=True), holding("0202", *before, *now)) == 3_333
    assert value(sales(growth=True), holding("0202", *now)) is None
    nothing = monthly(YEAR_BEFORE, 12, "sales_total", "0")
    assert value(sales(growth=True), holding("0202", *nothing, *now)) is None
    autumns = [*monthly(date(2025, 8, 1), 3, "sales_total", "30"), *monthly(date(2026, 8, 1), 3, "sales_total", "45")]
    assert value(sales(growth=True, window={"months": 3}), holding("0202", *autumns)) == 5_000


def test_yearly_and_monthly_divide_the_sum() -> None:
    two_years = holding("0202", *monthly(YEAR_BEFORE, 24, "sales_total", "1.01"))
    assert value(sales(aggregate="yearly", window={"years": 2}), two_years) == 1_212
    assert value(sales(aggregate="monthly", window={"years": 2}), two_years) == 101


REPORTS: list[Record] = [
    {
        "period_ended_on": date(2025, 12, 31),
        "statement_kind": "annual",
        "filed_on": date(2026, 5, 20),
        "total_liabilities": Decimal(80),
        "total_assets": Decimal(100),
        "short_term_loans": Decimal(20),
        "long_term_loans": Decimal(10),
        "operating_revenue": Decimal(200),
    },
    {"period_ended_on": date(2025, 12, 31), "statement_kind": "quarterly", "filed_on": date(2026, 1, 9)},
]
ANNUAL = {
    "category": "0204",
    "window": {"years": 1},
    "by": "period_ended_on",
    "where": [{"item": "statement_kind", "op": "=", "value": "annual"}],
}


def test_a_percentage_is_of_one_record_and_items_add_up() -> None:
    facts = holding("0204", *REPORTS)
    assert value(ANNUAL | {"item": "total_liabilities", "per": "total_assets"}, facts) == 8_000
    loans = ["short_term_loans", "long_term_loans"]
    assert value(ANNUAL | {"item": loans, "per": "operating_revenue"}, facts) == 1_500
    assert value(ANNUAL | {"item": "short_term_loans", "per": "net_profit"}, facts) is None


def test_the_latest_goes_by_its_date_and_does_not_fall_back() -> None:
    grades: list[Record] = [
        {"graded_on": date(2025, 4, 1), "grade": "A"},
        {"graded_on": date(2026, 4, 1), "grade": "C"},
    ]
    grade = {"category": "0206", "item": "grade", "op": "in", "value": ["A", "B"]}
    assert verdict(grade, holding("0206", *grades)) is NOT_MET
    assert verdict(grade, holding("0206", grades[0])) is MET
    assert verdict(grade, holding("0206", grades[0], {"graded_on": date(2026, 4, 1), "grade": None})) is TO_VERIFY
    assert verdict(grade, holding("0206")) is TO_VERIFY


def test_a_register_without_a_record_says_that_there_is_none() -> None:
    none = {"category": "0301", "op": "exists", "value": False}
    assert verdict(none, holding("0301")) is MET
    assert verdict(none, holding("0301", {"published_on": date(2026, 1, 1)})) is NOT_MET
    assert verdict(none, Facts()) is TO_VERIFY
    fines = {"category": "0402", "item": "fine", "aggregate": "sum", "op": "<=", "value": 50_000}
    assert verdict(fines, holding("0402")) is MET


def test_a_filter_that_cannot_tell_leaves_it_to_be_verified() -> None:
    valid = {"category": "0602", "where": [{"item": "valid_until", "op": ">=", "value": "today"}], "op": "exists"}
    assert verdict(valid, holding("0602", {"valid_until": TODAY})) is MET
    assert verdict(valid, holding("0602", {"valid_until": date(2026, 11, 24)})) is NOT_MET
    assert verdict(valid, holding("0602", {"valid_until": None})) is TO_VERIFY
    assert verdict(valid, holding("0602", {"valid_until": None}, {"valid_until": TODAY})) is MET
    open_cases = {"category": "0304", "where": [{"item": "closed_on", "op": "exists", "value": False}], "op": "exists"}
    assert verdict(open_cases, holding("0304", {"closed_on": None})) is MET


@pytest.mark.parametrize(
    ("aggregate", "expected"), [("max", 300), ("min", 100), ("average", 233), ("sum", 700), ("count", 3)]
)
def test_aggregates(aggregate: str, expected: int) -> None:
    records: list[Record] = [{"filed_on": date(2026, n, 1), "amount": Decimal(a)} for n, a in ((1, 1), (2, 3), (3, 3))]
    measure = {"category": "0302", "aggregate": aggregate, "window": {"months": 12}}
    assert (
        value(measure if aggregate == "count" else measure | {"item": "amount"}, holding("0302", *records)) == expected
    )


def test_a_window_of_months_begins_the_day_after_that_day() -> None:
    cases = {"category": "0302", "aggregate": "count", "window": {"months": 12}}
    days = [date(2025, 11, 25), date(2025, 11, 26), TODAY, date(2026, 11, 26)]
    assert value(cases, holding("0302", *({"filed_on": d} for d in days))) == 2


def test_the_days_of_a_window() -> None:
    assert span(Window(3, Unit.MONTHS), TODAY) == Span(date(2026, 8, 26), TODAY)
    assert span(Window(3, Unit.MONTHS), TODAY, date(2026, 10, 1)) == Span(date(2026, 8, 1), date(2026, 10, 31))
    assert span(Window(2, Unit.YEARS), TODAY) == Span(date(2024, 1, 1), date(2025, 12, 31))


@pytest.mark.parametrize(
    ("since", "today", "months"),
    [
        (date(2024, 11, 25), TODAY, 24),
        (date(2024, 11, 26), TODAY, 23),
        (date(2026, 1, 31), date(2026, 2, 28), 0),
        (date(2026, 1, 31), date(2026, 3, 1), 1),
    ],
)
def test_the_age_in_months(since: date, today: date, months: int) -> None:
    assert age_months(since, today) == months


def test_places_and_industries_stand_for_what_lies_under_them() -> None:
    facts = Facts(region="330402007", industry="17", kind="1130")
    for fact, inside, outside in (("region", "330400", "330411"), ("industry", "C", "K"), ("kind", "1100", "9500")):
        assert verdict({"fact": fact, "op": "=", "value": inside}, facts) is MET
        assert verdict({"fact": fact, "op": "!=", "value": inside}, facts) is NOT_MET
        assert verdict({"fact": fact, "op": "in", "value": [outside]}, facts) is NOT_MET
        assert verdict({"fact": fact, "op": "not_in", "value": [outside]}, Facts()) is TO_VERIFY


def test_features_and_scores_wait_for_who_resolves_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jiahe.rules.subjects._resolvers", dict(_resolvers))
    facts = Facts(scores={"credit": 640}, features={"months": 3})
    score = {"score": "credit", "op": ">=", "value": 600}
    assert verdict(score, facts) is TO_VERIFY
    resolve(Known.SCORE, {"credit": COUNT}.get)
    assert verdict(score, facts) is MET
    assert verdict(score) is TO_VERIFY
    assert verdict({"feature": "months", "op": ">=", "value": 3}, facts) is TO_VERIFY


def test_labels() -> None:
    label = {"label": "srdi", "op": "exists"}
    assert verdict(label) is TO_VERIFY
    assert verdict(label, Facts(labels=["srdi"])) is MET
    assert verdict(label, Facts(labels=[])) is NOT_MET


@pytest.mark.parametrize(("number", "by", "expected"), [(5, 2, 3), (-5, 2, -2), (4, 3, 1), (0, 7, 0)])
def test_halves_are_rounded_up(number: int, by: int, expected: int) -> None:
    assert divided(number, by) == expected
