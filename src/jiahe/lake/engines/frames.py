"""Records in bulk, as frames of the engine that JIAHE_ENGINE names: one expression, the same result on each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from pathlib import Path
from typing import Any, Protocol

import narwhals.stable.v2 as nw
import pyarrow as pa

from jiahe.catalogue import Category
from jiahe.kit.configuration import setting
from jiahe.lake.errors import UnknownEngine

Frame = nw.LazyFrame[Any]


class Frames(Protocol):
    """An engine at work. Its frames live as long as its block, and are joined with each other only."""

    @property
    def name(self) -> str:
        """The engine and its version, as it says itself."""
        ...

    def current(self, category: Category, *, as_of: date | None = None, columns: Sequence[str] | None = None) -> Frame:
        """The records of a category as they stand, or as they were known on a day; all columns, or those named."""
        ...

    def given(self, table: pa.Table) -> Frame:
        """A table of the caller's as a frame: serials to narrow by, something to look up."""
        ...

    def keep(self, frame: Frame) -> Frame:
        """The same rows, worked out now and once, for as long as the block."""
        ...

    def beside(self, frame: Frame, others: Sequence[Frame]) -> Frame:
        """A kept frame's rows with the columns of other kept frames of the same `_serial` beside them, else null."""
        ...

    def stored(self, files: Sequence[Path]) -> Frame:
        """The rows of Parquet files that `write` wrote."""
        ...

    def collect(self, frame: Frame) -> pa.Table:
        """A frame's rows, in the order it was sorted in, or in any."""
        ...

    def write(self, frame: Frame, target: Path) -> list[Path]:
        """Write a frame's rows, sorted by `_serial`, to Parquet files in a new folder; gives them in that order."""
        ...


@contextmanager
def frames() -> Iterator[Frames]:
    """The engine of this installation, for the length of the block."""
    chosen = setting("JIAHE_ENGINE")
    if chosen == "duckdb":
        from jiahe.lake.engines.embedded import embedded

        opened: AbstractContextManager[Frames] = embedded()
    elif chosen.startswith("sc://"):
        from jiahe.lake.engines.spark import cluster

        opened = cluster(chosen)
    else:
        raise UnknownEngine(engine=chosen)
    with opened as lake:
        yield lake
