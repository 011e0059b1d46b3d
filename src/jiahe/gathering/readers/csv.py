"""CSV in UTF-8, with or without a mark at its beginning, and GB18030; comma, semicolon or tab."""

from __future__ import annotations

import codecs
import csv
from pathlib import Path

from jiahe.gathering.errors import EmptyFile, UnreadableFile
from jiahe.gathering.readers.table import Reading, Table
from jiahe.lake.engines.duckdb import literal

DELIMITERS = ",\t;|"
CHUNK = 1 << 22


def tables(path: Path, reading: Reading) -> list[Table]:
    """The one table of a CSV file. Rows with another number of columns go to the engine's table of rejects."""
    if not path.stat().st_size:
        raise EmptyFile(file=path.name)
    source = path if _is_utf8(path) else _recoded(path, reading)
    delimiter, columns = _header(source, path.name)
    return [Table(path.name, columns, _select(source, delimiter, columns))]


def _is_utf8(path: Path) -> bool:
    """Decode the whole file once: a department's first bytes do not tell what follows."""
    check = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        try:
            while chunk := file.read(CHUNK):
                check.decode(chunk)
            check.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _recoded(path: Path, reading: Reading) -> Path:
    """A UTF-8 copy of a GB18030 file, under a number: files of two folders may have one name."""
    target = reading.folder / f"recoded{next(reading.numbers)}.csv"
    try:
        with (
            path.open(encoding="gb18030", newline="") as source,
            target.open("w", encoding="utf-8", newline="") as copy,
        ):
            while text := source.read(CHUNK):
                copy.write(text)
    except UnicodeDecodeError as error:
        raise UnreadableFile(
            file=path.name, reason=f"编码既不是 UTF-8 也不是 GB18030(第 {error.start} 字节)"
        ) from error
    return target


def _header(path: Path, label: str) -> tuple[str, list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        line = file.readline()
    delimiter = max(DELIMITERS, key=line.count)
    columns = next(csv.reader([line], delimiter=delimiter), [])
    if not any(c.strip() for c in columns):
        raise EmptyFile(file=label)
    return delimiter, [c.strip() for c in columns]


def _select(path: Path, delimiter: str, columns: list[str]) -> str:
    """Position names (c0, c1 …) keep columns with equal or empty headers apart."""
    types = ", ".join(f"'c{i}': 'VARCHAR'" for i in range(len(columns)))
    options = (
        f"columns = {{{types}}}, auto_detect = false, header = true, delim = {literal(delimiter)}, quote = '\"', "
        "escape = '\"', strict_mode = true, ignore_errors = true, store_rejects = true, "
        "rejects_table = 'rejects', rejects_scan = 'reject_scans', max_line_size = 16777216"
    )
    return f"(SELECT * FROM read_csv({literal(str(path))}, {options}))"
