"""`jiahe bench rules`: one product's admission rule over a million enterprises."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import duckdb
import narwhals.stable.v2 as nw
import numpy as np
import pyarrow as pa

from bench.report import report
from jiahe.rules import Rule, columns, expression, parse

ENTERPRISES = 1_000_000
BUDGET_SECONDS = 0.2
TIMES = 7
SEED = 7
TODAY = date(2026, 11, 25)
YEAR = {"window": {"years": 1}}
TAX, SALES = {"category": "0203", "item": "tax_paid"}, {"category": "0202", "item": "sales_total"}
STATEMENT = YEAR | {
    "category": "0204",
    "by": "period_ended_on",
    "where": [{"item": "statement_kind", "op": "=", "value": "annual"}],
}
RULE = [
    {"fact": "age_months", "op": ">=", "value": 24},
    {"fact": "size", "op": "in", "value": ["small", "micro"]},
    {"category": "0206", "item": "grade", "op": "in", "value": ["A", "B"]},
    YEAR | {"category": "0202", "aggregate": "count", "where": [{"item": "sales_total", "op": "=", "value": 0}], "op": "<=", "value": 4},
    TAX | {"aggregate": "yearly", "window": {"years": 2}, "op": ">=", "value": 50_000},
    TAX | YEAR | {"aggregate": "sum", "growth": True, "op": ">=", "value": 20},
    SALES | YEAR | {"aggregate": "sum", "op": ">=", "value": 2_000_000},
    SALES | YEAR | {"aggregate": "sum", "growth": True, "op": ">=", "value": 20},
    STATEMENT | {"item": "total_liabilities", "per": "total_assets", "op": "<=", "value": 80},
    STATEMENT | {"item": "net_profit", "op": ">=", "value": 0},
    {"category": "0301", "op": "exists", "value": False},
    {"category": "0304", "op": "exists", "value": False},
    {"declared": "在本行开立结算账户"},
]  # fmt: skip
# The same by hand, over the columns in the rule's order.
BY_HAND = (
    "{} <= DATE '2024-11-25' AND {} IN ('small', 'micro') AND {} IN ('A', 'B') AND {} <= 4 AND {} >= 5000000 AND {} >= 2000"
    " AND {} >= 200000000 AND {} >= 2000 AND {} <= 8000 AND {} >= 0 AND NOT {} AND NOT {} AND NULL"
)


def run(_records: int, _place: Path, say: Callable[[str], None]) -> dict[str, Any]:
    """The columns lie in memory, as matching holds them; the same frame in DuckDB, asked by the rule and by hand."""
    rule = parse({"and": RULE})
    table = _frame(rule)
    say(f"{ENTERPRISES:,} enterprises, {len(RULE)} conditions")
    with duckdb.connect() as session:
        session.execute("SET threads = 2")
        session.from_arrow(table).create("enterprise")
        by_hand = f"SELECT ({BY_HAND.format(*columns(rule))})::TINYINT AS rule FROM enterprise"
        arrow = _best(lambda: nw.from_native(table).select(rule=expression(rule, TODAY)))
        frame = nw.from_native(session.table("enterprise"))
        ours = _best(lambda: frame.select(rule=expression(rule, TODAY)).collect("pyarrow"))
        theirs = _best(lambda: session.sql(by_hand).to_arrow_table())
    return report(
        "rules",
        records=ENTERPRISES,
        seconds=ours[0],
        peers={"duckdb_by_hand": theirs[0]},
        arrow_seconds=round(arrow[0], 4),
        processor_seconds={"duckdb": round(ours[1], 4), "arrow": round(arrow[1], 4), "by_hand": round(theirs[1], 4)},
        budget=f"≤ {BUDGET_SECONDS * 1000:.0f} ms",
        within=min(ours[0], arrow[0]) <= BUDGET_SECONDS,
    )


def _best(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock and of processor time, the best of some."""
    clock, processor = [], []
    for _time in range(TIMES):
        began, busy = perf_counter(), process_time()
        work()
        clock.append(perf_counter() - began)
        processor.append(process_time() - busy)
    return min(clock), min(processor)


def _frame(rule: Rule) -> pa.Table:
    """One row an enterprise; a tenth of the values is missing."""
    chance = np.random.default_rng(SEED)
    return pa.table({name: _column(column.dtype, chance) for name, column in columns(rule).items()})


def _column(dtype: Any, chance: np.random.Generator) -> pa.Array:
    missing = chance.random(ENTERPRISES) < 0.1
    if dtype == nw.Date:
        days = chance.integers(10_000, 20_780, ENTERPRISES).astype("int32")
        return pa.array(days, mask=missing).cast(pa.date32())
    if dtype == nw.Boolean:
        return pa.array(chance.random(ENTERPRISES) < 0.5, mask=missing)
    if dtype == nw.String:
        words = np.array(["small", "micro", "large", "A", "B", "C"])
        return pa.array(words[chance.integers(0, len(words), ENTERPRISES)], mask=missing)
    return pa.array(chance.integers(-1_000_000, 1_000_000_000, ENTERPRISES), mask=missing)
