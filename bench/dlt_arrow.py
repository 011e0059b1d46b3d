"""The peer: dlt yields Arrow and upserts it into DuckDB. It neither checks, quarantines, nor keeps history."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import dlt
import pyarrow as pa
import pyarrow.csv as arrow_csv

BLOCK = 64 << 20


def work(files: list[str], names: dict[str, str], key: list[str], table: str, place: str) -> int:
    """Upsert CSV files into one table; `names` maps headers to column names. Gives the number of records read."""
    os.environ |= {"RUNTIME__DLTHUB_TELEMETRY": "false", "RUNTIME__LOG_LEVEL": "ERROR"}
    read = 0

    def tables() -> Iterator[pa.Table]:
        nonlocal read
        for file in files:
            for batch in _batches(Path(file), names):
                read += batch.num_rows
                yield pa.Table.from_batches([batch])

    pipeline = dlt.pipeline(
        "peer",
        pipelines_dir=f"{place}/pipelines",
        destination=dlt.destinations.duckdb(f"{place}/peer.duckdb"),
        dataset_name="city",
    )
    resource = dlt.resource(tables(), name=table, write_disposition="merge", primary_key=key)
    pipeline.run(resource)
    return read


def _batches(file: Path, names: dict[str, str]) -> Iterator[pa.RecordBatch]:
    texts = arrow_csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), include_columns=list(names))
    reader = arrow_csv.open_csv(file, arrow_csv.ReadOptions(block_size=BLOCK), convert_options=texts)
    for batch in reader:
        yield batch.rename_columns([names[c] for c in batch.schema.names])
