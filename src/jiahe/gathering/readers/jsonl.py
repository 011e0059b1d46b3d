"""JSON Lines: one object a line; keys are headers, values are taken as they are written."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from jiahe.gathering.errors import EmptyFile, UnreadableFile
from jiahe.gathering.readers.table import Reading, Table
from jiahe.lake.engines.duckdb import literal

ROWS = 50_000


def tables(path: Path, reading: Reading) -> list[Table]:
    """The one table of a JSON Lines file; its columns are the keys of all objects in order of appearance.

    The file is read twice, first for its keys, so that it never lies in memory as a whole.
    """
    columns = list(dict.fromkeys(key for row in _objects(path) for key in row))
    if not columns:
        raise EmptyFile(file=path.name)
    target = reading.folder / f"jsonl{next(reading.numbers)}.parquet"
    schema = pa.schema([(f"c{i}", pa.string()) for i in range(len(columns))])
    rows = _objects(path)
    with pq.ParquetWriter(target, schema, compression="zstd") as writer:
        while part := list(islice(rows, ROWS)):
            texts = [pa.array([text(row.get(c)) for row in part], pa.string()) for c in columns]
            writer.write_batch(pa.RecordBatch.from_arrays(texts, schema=schema))
    return [Table(path.name, columns, f"(SELECT * FROM read_parquet({literal(str(target))}))", first_row=1)]


def _objects(path: Path) -> Iterator[dict[str, object]]:
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            if line.strip():
                yield _object(line, path, number)


def _object(line: bytes, path: Path, number: int) -> dict[str, object]:
    try:
        row = orjson.loads(line.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as error:
        raise UnreadableFile(file=path.name, reason=f"第 {number} 行不是完整的 JSON({error.msg})") from error
    if not isinstance(row, dict):
        raise UnreadableFile(file=path.name, reason=f"第 {number} 行不是 JSON 对象")
    return row


def text(value: object) -> str | None:
    """A JSON value as a file of text would have it."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "1" if value else "0"
    return str(value) if isinstance(value, int | float) else orjson.dumps(value).decode()
