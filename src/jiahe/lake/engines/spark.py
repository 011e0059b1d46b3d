"""Frames of a Spark cluster, reached by Spark Connect; it sees the tables' files on the same paths as this machine.

A table's files are read as plain Parquet: the cluster needs no further parts, and its workers write what `write` asks
for themselves.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import narwhals.stable.v2 as nw
import pyarrow as pa

from jiahe.catalogue import Category
from jiahe.kit.home import folder
from jiahe.lake.columns import columns as columns_of
from jiahe.lake.engines.frames import Frame
from jiahe.lake.errors import SparkMissing, SparkUnreachable, UnknownEngine
from jiahe.lake.tables import LakeTable
from jiahe.lake.versions import current_among

if TYPE_CHECKING:
    from pyspark.sql.connect.session import SparkSession

PATIENCE = 10  # seconds until a cluster that does not answer is given up
AT_ONCE = 9  # joins in one step: each takes memory of every worker until the step is done
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
    """A session on the cluster, and a folder for what it keeps."""

    session: SparkSession
    scratch: Path
    numbers: Iterator[int] = field(default_factory=count)

    @property
    def name(self) -> str:
        return f"Spark {self.session.version}"

    def current(self, category: Category, *, as_of: date | None = None, columns: Sequence[str] | None = None) -> Frame:
        schema = ", ".join(f"`{c.name}` {TYPES.get(c.sql_type, c.sql_type)}" for c in columns_of(category))
        files = [f"file://{f.path}" for f in LakeTable(category).files()]
        stored = self.session.read.schema(schema).parquet(*files) if files else self.session.createDataFrame([], schema)
        found = self.session.sql(f"SELECT * FROM {current_among('{versions}', category, as_of=as_of)}", versions=stored)
        return nw.from_native(found).select(*([nw.all()] if columns is None else columns))

    def given(self, table: pa.Table) -> Frame:
        return nw.from_native(self.session.createDataFrame(table))

    def keep(self, frame: Frame) -> Frame:
        """On the shared file system: a plan that goes on growing is planned anew with each step."""
        kept = f"file://{self.scratch / str(next(self.numbers))}"
        rows = nw.to_native(frame)
        rows.write.parquet(kept, mode="error")
        found: Frame = nw.from_native(self.session.read.schema(rows.schema).parquet(kept))  # unasked, it would look
        return found

    def beside(self, frame: Frame, others: Sequence[Frame]) -> Frame:
        """Few at a time side by side, and then what came of them, so that no step is wide for nothing."""
        serials = frame.select("_serial")
        while len(others) > AT_ONCE:
            groups = [others[begin : begin + AT_ONCE] for begin in range(0, len(others), AT_ONCE)]
            others = [self.keep(_joined(serials, group)) for group in groups]
        return self.keep(_joined(frame, others))

    def stored(self, files: Sequence[Path]) -> Frame:
        found: Frame = nw.from_native(self.session.read.parquet(*(f"file://{file.resolve()}" for file in files)))
        return found

    def collect(self, frame: Frame) -> pa.Table:
        return nw.to_native(frame).toArrow()

    def write(self, frame: Frame, target: Path) -> list[Path]:
        rows = nw.to_native(frame.sort("_serial"))
        rows.write.parquet(f"file://{target.resolve()}", mode="error", compression="zstd")
        return sorted(target.glob("*.parquet"))


def _joined(frame: Frame, others: Sequence[Frame]) -> Frame:
    for other in others:
        frame = frame.join(other, on="_serial", how="left")
    return frame


@contextmanager
def cluster(address: str) -> Iterator[Cluster]:
    session = _connected(address)
    try:
        with TemporaryDirectory(dir=folder("tmp"), prefix="spark-") as scratch:
            yield Cluster(session, Path(scratch))
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
