"""Twenty features written by hand in SQL, over the same files and with the same rule of what is current."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from jiahe.catalogue import load
from jiahe.lake.engines import duckdb as engine
from jiahe.lake.tables import LakeTable

CODES = (
    "sales_12m",
    "sales_change_3m",
    "sales_spread_12m",
    "sales_gaps_12m",
    "vat_burden_12m",
    "filed_late_12m",
    "insured_12m",
    "insured_change_12m",
    "insurance_paid_share_12m",
    "wage_12m",
    "power_12m",
    "power_year_on_year_3m",
    "power_paid_share_12m",
    "power_late_12m",
    "issued_12m",
    "received_of_issued_12m",
    "debt_ratio",
    "tax_grade",
    "penalty_count_12m",
    "sued_count_12m",
)
KEYS = {
    "0101": "_serial",
    "0202": "_serial, period",
    "0204": "_serial, period_ended_on, statement_kind",
    "0205": "_serial, period",
    "0206": "_serial, year",
    "0304": "_serial, case_no, role",
    "0402": "_serial, decision_no",
    "0702": "_serial, insurance_no, insurance_kind, period",
    "2502": "_serial, account_no, period",
}


def work(target: str, as_of: date) -> int:
    """Write the twenty features of everybody, sorted, to a Parquet file; gives how many rows."""
    with engine.session() as session:
        session.execute("RESET disabled_optimizers")
        session.execute(f"COPY ({_query(as_of)} ORDER BY _serial) TO '{target}' (FORMAT parquet, COMPRESSION zstd)")
        row = session.execute(f"SELECT count(*) FROM '{target}'").fetchone()
    return int(row[0]) if row else 0


def _current(code: str, as_of: date) -> str:
    category = load().categories[code]
    files = ", ".join(f"'{f.path}'" for f in LakeTable(category).files())
    known = f"(SELECT * FROM read_parquet([{files}], union_by_name = true) WHERE _available_on <= DATE '{as_of}')"
    keys = KEYS[code]
    same = " AND ".join(f"v.{key} = l.{key}" for key in keys.split(", "))
    return f"""(SELECT v.* FROM {known} v ANTI JOIN (SELECT {keys}, _batch FROM {known} WHERE _change <> 'I') l
        ON {same} AND l._batch > v._batch WHERE v._change <> 'W')"""


def _end(code: str, as_of: date) -> str:
    day = as_of - timedelta(days=load().categories[code].usual_delay_days)
    return f"(date_trunc('month', DATE '{day}') + INTERVAL 1 MONTH)::DATE"


def _back(end: str, months: int) -> str:
    return f"({end} - INTERVAL {months} MONTH)"


def _share(part: str, whole: str) -> str:
    found = f"floor(greatest(least({part} / {whole} * 10000e0, 1e6), -1e6) + 0.5)::BIGINT"
    return f"CASE WHEN {whole} > 0 AND {part} IS NOT NULL THEN {found} END"


def _over(item: str, end: str, months: int, skipped: int = 0, also: str = "true") -> str:
    inside = f"period >= {_back(end, months + skipped)} AND period < {_back(end, skipped)} AND {also}"
    return f"sum({item}) FILTER (WHERE {inside})"


def _query(as_of: date) -> str:
    sales, people, power = (_end(code, as_of) for code in ("0202", "0702", "2502"))
    issued, pension = _end("0205", as_of), "insurance_kind = '110'"
    year = f"period >= {_back(sales, 12)}"
    first = f"(date_diff('month', min(period), {sales}))"
    s12, v12 = _over("sales_total", sales, 12), _over("vat_payable", sales, 12)
    s3, s3b = _over("sales_total", sales, 3), _over("sales_total", sales, 3, 3)
    i12, i12b = (_over("insured_count", people, 12, skipped, pension) for skipped in (0, 12))
    p3, p3b = (_over("usage", power, 3, skipped) for skipped in (0, 12))
    spread = f"(max(sales_total) FILTER (WHERE {year}) - min(sales_total) FILTER (WHERE {year})) * count(*) FILTER (WHERE {year})"
    wages = f"floor({_over('contribution_base', people, 12, 0, pension)} / CASE WHEN {i12} > 0 THEN {i12} END::DOUBLE + 0.5)::BIGINT"
    statements = f"_business_date >= (DATE '{as_of}' + INTERVAL 1 DAY - INTERVAL 18 MONTH)"
    day = f"(DATE '{as_of}' + INTERVAL 1 DAY)"
    lately = f"_business_date >= {day} - INTERVAL 12 MONTH AND _business_date < {day}"
    kept = f"(_business_date >= DATE '{as_of}' - INTERVAL 5 YEAR)"
    return f"""
    WITH sales AS (SELECT _serial, {s12} AS sales_12m, {_share(f"({s3} - {s3b})", s3b)} AS sales_change_3m,
            {_share(f"({spread})", s12)} AS sales_spread_12m,
            greatest(least({first}, 12) - count(*) FILTER (WHERE {year}), 0) AS sales_gaps_12m,
            {_share(v12, s12)} AS vat_burden_12m, count(*) FILTER (WHERE {year} AND filed_late) AS filed_late_12m
        FROM {_current("0202", as_of)} WHERE period < {sales} GROUP BY _serial),
    people AS (SELECT _serial, {i12} AS insured_12m, {_share(f"({i12} - {i12b})", i12b)} AS insured_change_12m,
            {_share(_over("amount_paid", people, 12), _over("amount_due", people, 12))} AS insurance_paid_share_12m,
            {wages} AS wage_12m
        FROM {_current("0702", as_of)} WHERE period < {people} GROUP BY _serial),
    power AS (SELECT _serial, {_over("usage", power, 12)} AS power_12m, {_share(f"({p3} - {p3b})", p3b)} AS power_year_on_year_3m,
            {_share(_over("amount_paid", power, 12), _over("amount_due", power, 12))} AS power_paid_share_12m,
            count(*) FILTER (WHERE period >= {_back(power, 12)} AND late) AS power_late_12m
        FROM {_current("2502", as_of)} WHERE period < {power} GROUP BY _serial),
    issued AS (SELECT _serial, {_over("issued_amount", issued, 12)} AS issued_12m,
            {_share(_over("received_amount", issued, 12), _over("issued_amount", issued, 12))} AS received_of_issued_12m
        FROM {_current("0205", as_of)} WHERE period < {issued} GROUP BY _serial),
    statement AS (SELECT _serial, {_share("max_by(total_liabilities, _business_date)", "max_by(total_assets, _business_date)")}
            AS debt_ratio FROM {_current("0204", as_of)} WHERE {statements} GROUP BY _serial),
    grade AS (SELECT _serial, CASE max_by(grade, _business_date) WHEN 'A' THEN 5 WHEN 'B' THEN 4 WHEN 'M' THEN 3 WHEN 'C' THEN 2
            WHEN 'D' THEN 1 END AS tax_grade FROM {_current("0206", as_of)} GROUP BY _serial),
    penalty AS (SELECT _serial, count(*) FILTER (WHERE {lately}) AS penalty_count_12m
        FROM {_current("0402", as_of)} WHERE {kept} GROUP BY _serial),
    sued AS (SELECT _serial, count(*) FILTER (WHERE {lately} AND role IN ('defendant', 'appellee', 'accused')) AS sued_count_12m
        FROM {_current("0304", as_of)} GROUP BY _serial)
    SELECT _serial, * EXCLUDE (_serial, penalty_count_12m, sued_count_12m),
        coalesce(penalty_count_12m, 0) AS penalty_count_12m, coalesce(sued_count_12m, 0) AS sued_count_12m
    FROM (SELECT _serial FROM {_current("0101", as_of)}) LEFT JOIN sales USING (_serial) LEFT JOIN people USING (_serial)
        LEFT JOIN power USING (_serial) LEFT JOIN issued USING (_serial) LEFT JOIN statement USING (_serial)
        LEFT JOIN grade USING (_serial) LEFT JOIN penalty USING (_serial) LEFT JOIN sued USING (_serial)"""


def files(place: Path) -> Path:
    return place / "by-hand.parquet"
