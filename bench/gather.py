"""`jiahe bench gather`: department files to credit files, against DuckDB alone (the limit) and dlt on Arrow."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench import dlt_arrow, duckdb_alone, machine, ours
from bench.contestant import Contestant
from bench.deliveries import Files, Scale, delivered
from jiahe.catalogue import load

DLT_UP_TO = 20_000_000  # beyond this only ours and the limit run
INCREMENT = "0202"
INCREMENT_PERIOD = "2026-10"
Say = Callable[[str], None]


def run(records: int, place: Path, say: Say) -> dict[str, Any]:
    """Gather a city of so many records below `place`, which keeps the gathered home; gives the figures."""
    size = machine.size_that_fits(records, place)
    scale = Scale(size)
    us = Contestant(ours.gather, JIAHE_HOME=str(place / "home"), DATABASE_URL="")
    limit = Contestant(duckdb_alone.work)
    dlt = Contestant(dlt_arrow.work) if size <= DLT_UP_TO else None
    read = made = 0.0
    for category in load().categories.values():
        with delivered(scale, place, category) as files:
            if files is None:
                continue
            made += files.seconds
            counts = us.do(category.code, files.paths, True)[1]
            limit.do(files.paths, files.key, str(place / "limit/out.parquet"))
            if dlt:
                dlt.do(files.paths, files.names, list(category.key), f"c{category.code}", str(place / "dlt"))
            read += counts["read"]
            say(f"{category.code} {read:,.0f} · {us.seconds:.0f} s · {us.seconds / max(limit.seconds, 1e-9):.2f} ×")
    increment = _increment(us, place, scale)
    figures = _figures(read, made, us, limit, dlt)
    shutil.rmtree(place / "limit", ignore_errors=True)
    shutil.rmtree(place / "dlt", ignore_errors=True)
    return {"asked": records, "enterprises": scale.enterprises, **figures, "increment": increment}


def _figures(read: float, made: float, us: Contestant, limit: Contestant, dlt: Contestant | None) -> dict[str, Any]:
    figures: dict[str, Any] = {
        "records": int(read),
        "city_seconds": round(made, 1),
        "seconds": round(us.seconds, 1),
        "records_a_second": round(read / us.seconds),
        "duckdb_seconds": round(limit.seconds, 1),
        "ratio_to_duckdb": round(us.seconds / limit.seconds, 2),
        "peak_mib": round(us.end()),
        "duckdb_peak_mib": round(limit.end()),
    }
    if dlt:
        figures |= {"dlt_seconds": round(dlt.seconds, 1), "ratio_to_dlt": round(us.seconds / dlt.seconds, 2)}
        figures["dlt_peak_mib"] = round(dlt.end())
    return figures


def _increment(us: Contestant, place: Path, scale: Scale) -> dict[str, Any]:
    """One more month: one record for each enterprise, into the table that holds all months before."""
    category = load().categories[INCREMENT]
    with delivered(Scale(scale.records), place, category) as files:
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
    """The first record of each enterprise again, as another month's: changed amounts under the newest period."""
    uscc, period = files.header.items["uscc"], files.header.items["period"]
    seen: set[str] = set()
    with target.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        for number, path in enumerate(files.paths):
            with open(path, encoding="utf-8-sig", newline="") as source:  # noqa: PTH123 - csv wants it plain
                rows = csv.reader(source)
                columns = next(rows)
                if number == 0:
                    header = columns
                    writer.writerow(header)
                if columns != header:
                    continue
                code, month = columns.index(uscc), columns.index(period)
                for row in rows:
                    if row[code] not in seen:
                        seen.add(row[code])
                        row[month] = INCREMENT_PERIOD
                        writer.writerow(row)
    return len(seen)
