"""Which reader reads which file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from jiahe.gathering.errors import NoSuchFile, UnreadableFile
from jiahe.gathering.readers import csv
from jiahe.gathering.readers.table import Reading, Table

READERS: dict[str, Callable[[Path, Reading], list[Table]]] = {
    ".csv": csv.tables,
    ".txt": csv.tables,
}


def tables(path: Path, reading: Reading) -> list[Table]:
    """The tables of a delivered file, whatever its format."""
    if not path.is_file():
        raise NoSuchFile(file=path)
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise UnreadableFile(file=path.name, reason=f"不支持的格式 {path.suffix or '(无扩展名)'}")
    return reader(path, reading)
