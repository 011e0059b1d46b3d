"""Excel workbooks: every sheet with a header row is a table; cells become text as a person reads them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
from python_calamine import CalamineError, CalamineWorkbook

from jiahe.gathering.errors import EmptyFile, UnreadableFile
from jiahe.gathering.readers.table import Reading, Table, from_arrow


def tables(path: Path, reading: Reading) -> list[Table]:
    """One table for each sheet that is not empty."""
    try:
        book = CalamineWorkbook.from_path(path)
        sheets = [(name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in book.sheet_names]
    except CalamineError as error:
        raise UnreadableFile(file=path.name, reason=str(error)) from error
    found = [_table(path, name, rows, reading, len(sheets) > 1) for name, rows in sheets if _filled(rows)]
    if not found:
        raise EmptyFile(file=path.name)
    return found


def _filled(rows: Sequence[Sequence[object]]) -> bool:
    return any(str(cell).strip() for row in rows for cell in row)


def _table(path: Path, sheet: str, rows: Sequence[Sequence[object]], reading: Reading, several: bool) -> Table:
    header = next(i for i, row in enumerate(rows) if any(str(cell).strip() for cell in row))
    columns = [str(cell).strip() for cell in rows[header]]
    records = list(rows[header + 1 :])
    while records and not any(str(cell).strip() for cell in records[-1]):
        records.pop()
    texts = [pa.array([_text(row[i]) for row in records], pa.string()) for i in range(len(columns))]
    label = f"{path.name}[{sheet}]" if several else path.name
    return from_arrow(label, columns, texts, reading, first_row=header + 2)


def _text(cell: object) -> str | None:
    """Whole numbers without a decimal point, dates as ISO: what the department saw, not how Excel stores it."""
    if cell is None or cell == "":
        return None
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ") if cell.time().isoformat() != "00:00:00" else cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell)
