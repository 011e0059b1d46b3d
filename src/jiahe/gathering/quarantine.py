"""Refused records: file, row, column, value and rule, one Parquet file for each batch."""

from __future__ import annotations

from pathlib import Path

from jiahe.gathering.checks import Check, raw
from jiahe.gathering.encryption import ENCRYPT
from jiahe.gathering.staging import Staging
from jiahe.kit.home import folder
from jiahe.lake.engines.duckdb import literal, name


def place(batch: int) -> Path:
    """The folder of a batch's refused records."""
    return folder("quarantine") / f"{batch:010d}"


def write(batch: int, staging: Staging) -> int:
    """Keep the refused records of a delivery with the rules they break, and the rows that are no records.

    Gives the number of the latter. Phone and identity numbers are sealed here too.
    """
    malformed = staging.malformed()
    if not staging.refused and not malformed:
        return 0
    target = place(batch)
    target.mkdir(parents=True, exist_ok=True)
    # Few rows, laid down once: a query over all checks would otherwise understand every value for each of them.
    staging.session.execute("CREATE TEMP TABLE wrong AS SELECT * FROM understood SEMI JOIN refused USING (_row)")
    staging.session.execute(f"COPY ({_records(staging)}) TO {literal(str(target / 'records.parquet'))}")
    staging.session.execute(f"COPY ({_reasons(staging)}) TO {literal(str(target / 'reasons.parquet'))}")
    return malformed


def _origin(staging: Staging) -> str:
    """The file and the row of each refused record."""
    rows = ", ".join(f"({literal(o.file)}, {o.first}, {o.count}, {o.first_row})" for o in staging.origins)
    return f"(SELECT * FROM (VALUES {rows}) o(file, first, count, first_row))"


def _written(staging: Staging, code: str) -> str:
    column = name(raw(code))
    item = staging.category.by_code[code]
    return f"{ENCRYPT}({column})" if item.encrypted else column


def _records(staging: Staging) -> str:
    """One row for each refused record: its place, and its written values by item code."""
    codes = [i.code for i in staging.category.items if i.code in staging.present]
    values = ", ".join(f"{_written(staging, c)} AS {name(c)}" for c in codes)
    return (
        f"SELECT r._row, o.file, r._row - o.first + o.first_row AS row, {values} "
        f"FROM refused r JOIN staged s ON s.rowid = r._row "
        f"JOIN {_origin(staging)} o ON r._row >= o.first AND r._row < o.first + o.count ORDER BY r._row"
    )


def _reasons(staging: Staging) -> str:
    """One row for each broken rule of each refused record."""
    parts = [_broken(staging, check) for check in staging.checks()]
    parts.append(
        "SELECT NULL::BIGINT AS _row, file, row, NULL AS item, 'columns' AS rule, text AS value FROM malformed"
    )
    return " UNION ALL BY NAME ".join(parts)


def _broken(staging: Staging, check: Check) -> str:
    value = _written(staging, check.item)
    return (
        f"SELECT _row, {literal(check.item)} AS item, {literal(check.rule)} AS rule, {value} AS value "
        f"FROM wrong WHERE coalesce({check.broken}, false)"
    )
