"""`jiahe bench gather`: department files to credit files, against DuckDB alone (the limit) and dlt on Arrow."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb

from bench import dlt_arrow, duckdb_alone, machine, ours
from bench.contestant import Contestant
from bench.deliveries import Files, Scale, delivered, departments
from bench.report import report
from jiahe.catalogue import load

DLT_UP_TO = 20_000_000  # beyond this only ours and the limit run
INCREMENT = "0202"
BUDGET = "≤ 4 × DuckDB alone (target 3 ×), ≤ 1 × dlt, ≤ 4096 MiB, increment ≤ 30 s"
Say = Callable[[str], None]


def run(records: int, place: Path, say: Say) -> dict[str, Any]:
    """Gather a city of so many records below `place`, which keeps the gathered home; gives the figures."""
    size = machine.size_that_fits(records, place)
    scale = Scale(size)
    us = Contestant(ours.gather, JIAHE_HOME=str(place / "home"), DATABASE_URL="")
    limit = Contestant(duckdb_alone.work)
    dlt = Contestant(dlt_arrow.work) if size <= DLT_UP_TO else None
    read, made = 0, list[float]()
    for files in departments(scale, place, made.append):
        category = files.category
        counts = us.do(category.code, files.paths, True)[1]
        limit.do(files.paths, files.key, str(place / "limit/out.parquet"))
        if dlt:
            dlt.do(files.paths, files.names, list(category.key), f"c{category.code}", str(place / "dlt"))
        read += counts["read"]
        say(f"{category.code} {read:,} · {us.seconds:.0f} s · {us.seconds / max(limit.seconds, 1e-9):.2f} ×")
    increment = _increment(us, place, scale)
    figures = _figures(read, us, limit, dlt, increment)
    shutil.rmtree(place / "limit", ignore_errors=True)
    shutil.rmtree(place / "dlt", ignore_errors=True)
    return figures | {"asked": records, "enterprises": scale.enterprises, "city_seconds": round(sum(made), 1)}


def _figures(
    read: int, us: Contestant, limit: Contestant, dlt: Contestant | None, increment: dict[str, Any]
) -> dict[str, Any]:
    peers = {"duckdb": limit.seconds} | ({"dlt": dlt.seconds} if dlt else {})
    peak = round(us.end())
    kept = (
        us.seconds <= 4 * limit.seconds,
        us.seconds <= peers.get("dlt", us.seconds),
        peak <= 4096,
        increment.get("seconds", 0) <= 30,
    )
    return report(
        "gather",
        records=read,
        seconds=us.seconds,
        peers=peers,
        per_second=round(read / us.seconds),
        peak_mib=peak,
        peers_peak_mib={"duckdb": round(limit.end())} | ({"dlt": round(dlt.end())} if dlt else {}),
        increment=increment,
        budget=BUDGET,
        within=all(kept),
    )


def _increment(us: Contestant, place: Path, scale: Scale) -> dict[str, Any]:
    """One more delivery: one record for each enterprise, into the table that holds all months before."""
    category = load().categories[INCREMENT]
    with delivered(scale, place, category) as files:
        if files is None:
            return {}
        month = place / "month.csv"
        count = _one_each(files, month)
        before = us.seconds
        seconds, counts = us.do(INCREMENT, [str(month)], False)
        us.seconds = before  # stands by itself in the figures
    month.unlink()
    return {"category": INCREMENT, "records": count, "seconds": round(seconds, 1), **counts}


def _one_each(files: Files, target: Path) -> int:
    """The newest record of each enterprise again, with another amount: a month's corrections, one for each."""
    uscc, period, amount = (files.header.items[code] for code in ("uscc", "period", "sales_total"))
    listed = ", ".join(f"'{path}'" for path in files.paths)
    with duckdb.connect() as engine:
        engine.execute("SET enable_progress_bar = false")
        source = f"read_csv([{listed}], all_varchar = true, union_by_name = true)"
        row = engine.execute(f"""COPY (
            SELECT * REPLACE (round(try_cast("{amount}" AS DOUBLE) + 1, 2)::VARCHAR AS "{amount}") FROM {source}
            QUALIFY row_number() OVER (PARTITION BY "{uscc}" ORDER BY "{period}" DESC) = 1) TO '{target}' (HEADER)""").fetchone()
    return int(row[0]) if row else 0
