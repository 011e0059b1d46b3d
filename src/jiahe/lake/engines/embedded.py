"""Frames of the embedded engine: relations of one DuckDB session over the tables' files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from itertools import count
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
    numbers: Iterator[int] = field(default_factory=count)

    @property
    def name(self) -> str:
        return f"DuckDB {duckdb.__version__}"

    def current(self, category: Category, *, as_of: date | None = None, columns: Sequence[str] | None = None) -> Frame:
        files = [f.path for f in LakeTable(category).files()]
        listed = "*" if columns is None else ", ".join(map(name, columns))
        return nw.from_native(self.connection.sql(f"SELECT {listed} FROM {current(category, files, as_of=as_of)}"))

    def given(self, table: pa.Table) -> Frame:
        return nw.from_native(self.connection.from_arrow(table))

    def keep(self, frame: Frame) -> Frame:
        kept = f"kept_{next(self.numbers)}"
        nw.to_native(frame).create(kept)
        return nw.from_native(self.connection.table(kept))

    def beside(self, frame: Frame, others: Sequence[Frame]) -> Frame:
        # In one statement: a chain of relations is bound anew with each link.
        joins = " ".join(f"LEFT JOIN {nw.to_native(other).alias} USING (_serial)" for other in others)
        return nw.from_native(self.connection.sql(f"SELECT * FROM {nw.to_native(frame).alias} {joins}"))

    def stored(self, files: Sequence[Path]) -> Frame:
        return nw.from_native(self.connection.read_parquet([str(file) for file in files]))

    def collect(self, frame: Frame) -> pa.Table:
        return nw.to_native(frame).to_arrow_table()

    def write(self, frame: Frame, target: Path) -> list[Path]:
        target.mkdir(parents=True)
        file = target / "part-00000.parquet"
        nw.to_native(frame.sort("_serial")).write_parquet(str(file), compression="zstd")
        return [file]


@contextmanager
def embedded() -> Iterator[Embedded]:
    with session() as connection:
        connection.execute("RESET disabled_optimizers")  # unlike checks, features share most of their parts
        yield Embedded(connection)
