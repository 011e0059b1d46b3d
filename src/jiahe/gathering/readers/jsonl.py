"""JSON Lines: one object a line; keys are headers, values are taken as they are written."""

from __future__ import annotations

from pathlib import Path

import orjson
import pyarrow as pa

from jiahe.gathering.errors import EmptyFile, UnreadableFile
from jiahe.gathering.readers.table import Reading, Table, from_arrow


def tables(path: Path, reading: Reading) -> list[Table]:
    """The one table of a JSON Lines file; its columns are the keys of all objects in order of appearance."""
    rows: list[dict[str, object]] = []
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            if line.strip():
                rows.append(_object(line, path, number))
    columns = list(dict.fromkeys(key for row in rows for key in row))
    if not columns:
        raise EmptyFile(file=path.name)
    texts = [pa.array([_text(row.get(c)) for row in rows], pa.string()) for c in columns]
    return [from_arrow(path.name, columns, texts, reading, first_row=1)]


def _object(line: bytes, path: Path, number: int) -> dict[str, object]:
    try:
        row = orjson.loads(line.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as error:
        raise UnreadableFile(file=path.name, reason=f"第 {number} 行不是完整的 JSON({error.msg})") from error
    if not isinstance(row, dict):
        raise UnreadableFile(file=path.name, reason=f"第 {number} 行不是 JSON 对象")
    return row


def _text(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "1" if value else "0"
    return str(value) if isinstance(value, int | float) else orjson.dumps(value).decode()
