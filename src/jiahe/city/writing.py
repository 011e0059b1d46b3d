"""Files as departments deliver them: Chinese headers; mostly CSV, some in GB18030, some of other formats."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import orjson
import pyarrow as pa
import pyarrow.csv as arrow_csv
import pyarrow.parquet as pq
import xlsxwriter

MARK = "演示数据"
_FIXED = datetime(2026, 1, 1)  # noqa: DTZ001 - a workbook's own date, the same bytes every time


def write(table: pa.Table, folder: Path, name: str, kind: str = "csv") -> str:
    """Write one table; gives the file's name."""
    folder.mkdir(parents=True, exist_ok=True)
    writer = {"csv": _csv, "gb18030": _gb18030, "xlsx": _xlsx, "jsonl": _jsonl, "parquet": _parquet}[kind]
    path = folder / f"{name}.{'csv' if kind == 'gb18030' else kind}"
    writer(table, path)
    return path.name


def _csv(table: pa.Table, path: Path) -> None:
    options = arrow_csv.WriteOptions(quoting_style="needed", batch_size=16_384)
    arrow_csv.write_csv(table, path, options)


def _gb18030(table: pa.Table, path: Path) -> None:
    sink = pa.BufferOutputStream()
    arrow_csv.write_csv(table, sink)
    path.write_bytes(sink.getvalue().to_pybytes().decode().encode("gb18030"))


def _xlsx(table: pa.Table, path: Path) -> None:
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        book.set_properties({"created": _FIXED})
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, table.column_names)
        for number, row in enumerate(_texts(table).to_pylist(), start=1):
            for column, text in enumerate(row.values()):
                if text is not None:
                    sheet.write_string(number, column, text)


def _jsonl(table: pa.Table, path: Path) -> None:
    with path.open("wb") as file:
        for row in _texts(table).to_pylist():
            file.write(orjson.dumps({k: v for k, v in row.items() if v is not None}) + b"\n")


def _parquet(table: pa.Table, path: Path) -> None:
    pq.write_table(table, path, compression="zstd")


def _texts(table: pa.Table) -> pa.Table:
    return pa.Table.from_arrays([c.cast(pa.string()) for c in table.columns], names=table.column_names)
