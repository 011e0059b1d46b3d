"""Frames of a Spark cluster, reached by Spark Connect; it sees the tables' files on the same paths as this machine.

A table's files are read as plain Parquet: the cluster needs no further parts, and its workers write what `write` asks
for themselves.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import narwhals.stable.v2 as nw
import pyarrow as pa

from jiahe.catalogue import Category
from jiahe.lake.columns import columns as columns_of
from jiahe.lake.engines.frames import Frame
from jiahe.lake.errors import SparkMissing, SparkUnreachable, UnknownEngine
from jiahe.lake.tables import LakeTable
from jiahe.lake.versions import current_among

if TYPE_CHECKING:
    from pyspark.sql.connect.session import SparkSession

PATIENCE = 10  # seconds until a cluster that does not answer is given up
TYPES = {"VARCHAR": "STRING"}  # where Spark's SQL has another word
# Whatever the server was started with: names in double quotes, no silent overflow, our days, microseconds.
SESSION = {
    "spark.sql.ansi.enabled": "true",
    "spark.sql.ansi.doubleQuotedIdentifiers": "true",
    "spark.sql.session.timeZone": "Asia/Shanghai",
    "spark.sql.parquet.outputTimestampType": "TIMESTAMP_MICROS",
}


@dataclass(frozen=True)
class Cluster:
    """A session on the cluster."""

    session: SparkSession

    def current(self, category: Category, *, as_of: date | None = None, columns: Sequence[str] | None = None) -> Frame:
        schema = ", ".join(f"`{c.name}` {TYPES.get(c.sql_type, c.sql_type)}" for c in columns_of(category))
        files = [f"file://{f.path}" for f in LakeTable(category).files()]
        stored = self.session.read.schema(schema).parquet(*files) if files else self.session.createDataFrame([], schema)
        found = self.session.sql(f"SELECT * FROM {current_among('{versions}', category, as_of=as_of)}", versions=stored)
        return nw.from_native(found if columns is None else found.select(*columns))

    def given(self, table: pa.Table) -> Frame:
        return nw.from_native(self.session.createDataFrame(table))

    def collect(self, frame: Frame) -> pa.Table:
        return nw.to_native(frame).toArrow()

    def write(self, frame: Frame, folder: Path) -> list[Path]:
        rows = nw.to_native(frame.sort("_serial"))
        rows.write.parquet(f"file://{folder.resolve()}", mode="error", compression="zstd")
        return sorted(folder.glob("*.parquet"))


@contextmanager
def cluster(address: str) -> Iterator[Cluster]:
    session = _connected(address)
    try:
        yield Cluster(session)
    finally:
        session.stop()


def _connected(address: str) -> SparkSession:
    """A session of its own; the client by itself would go on asking an address where nobody answers for ten minutes."""
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
            import grpc
            from pyspark.errors import PySparkException
            from pyspark.sql.connect.client import DefaultChannelBuilder
            from pyspark.sql.connect.session import SparkSession
    except ImportError as problem:
        raise SparkMissing from problem
    place = address.partition(";")[0]  # what follows may be a token
    try:
        builder = DefaultChannelBuilder(address)
    except ValueError as problem:
        raise UnknownEngine(engine=place) from problem
    try:
        with builder.toChannel() as channel:
            grpc.channel_ready_future(channel).result(timeout=PATIENCE)
        session = SparkSession(builder)
        for key, value in SESSION.items():
            session.conf.set(key, value)
    except (PySparkException, grpc.FutureTimeoutError) as problem:
        reason = str(problem).partition("\n")[0] or f"{PATIENCE} s"
        raise SparkUnreachable(place=place, reason=reason) from problem
    return session
