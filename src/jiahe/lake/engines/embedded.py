"""Frames of the embedded engine: relations of one DuckDB session over the tables' files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import narwhals.stable.v2 as nw
import pyarrow as pa

from jiahe.catalogue import Category
from jiahe.lake.engines.duckdb import name, session
from jiahe.lake.engines.frames import Frame
from jiahe.lake.tables import LakeTable
from jiahe.lake.versions import current


@dataclass(frozen=True)
class Embedded:
    """DuckDB within this process."""

    connection: duckdb.DuckDBPyConnection

    def current(self, category: Category, *, as_of: date | None = None, columns: Sequence[str] | None = None) -> Frame:
        files = [f.path for f in LakeTable(category).files()]
        listed = "*" if columns is None else ", ".join(map(name, columns))
        return nw.from_native(self.connection.sql(f"SELECT {listed} FROM {current(category, files, as_of=as_of)}"))

    def given(self, table: pa.Table) -> Frame:
        return nw.from_native(self.connection.from_arrow(table))

    def collect(self, frame: Frame) -> pa.Table:
        return nw.to_native(frame).to_arrow_table()

    def write(self, frame: Frame, folder: Path) -> list[Path]:
        folder.mkdir(parents=True)
        file = folder / "part-00000.parquet"
        nw.to_native(frame.sort("_serial")).write_parquet(str(file), compression="zstd")
        return [file]


@contextmanager
def embedded() -> Iterator[Embedded]:
    with session() as connection:
        connection.execute("RESET disabled_optimizers")  # unlike checks, features share most of their parts
        yield Embedded(connection)
