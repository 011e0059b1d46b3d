"""Which reader reads which file; a ZIP archive holds files of the others."""

from __future__ import annotations

import shutil
import zlib
from collections.abc import Callable
from pathlib import Path
from zipfile import BadZipFile, ZipFile, ZipInfo

from jiahe.gathering.errors import EmptyFile, NoSuchFile, UnreadableFile
from jiahe.gathering.readers import csv, jsonl, parquet, xlsx
from jiahe.gathering.readers.table import Reading, Table

READERS: dict[str, Callable[[Path, Reading], list[Table]]] = {
    ".csv": csv.tables,
    ".txt": csv.tables,
    ".xlsx": xlsx.tables,
    ".xls": xlsx.tables,
    ".jsonl": jsonl.tables,
    ".ndjson": jsonl.tables,
    ".parquet": parquet.tables,
}
MOST_EXPANSION = 200  # a genuine export shrinks to a tenth or so; beyond this the archive is a bomb


def tables(path: Path, reading: Reading) -> list[Table]:
    """The tables of a delivered file, whatever its format."""
    if not path.is_file():
        raise NoSuchFile(file=path)
    if path.suffix.lower() == ".zip":
        return _unzip(path, reading)
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise UnreadableFile(file=path.name, reason=f"不支持的格式 {path.suffix or '(无扩展名)'}")
    return reader(path, reading)


def _unzip(path: Path, reading: Reading) -> list[Table]:
    """The tables of all files in an archive; names in it are labels and never become paths."""
    try:
        with ZipFile(path, metadata_encoding="gb18030") as archive:
            members = [m for m in archive.infolist() if not m.is_dir() and Path(m.filename).suffix.lower() in READERS]
            if not members:
                raise EmptyFile(file=path.name)
            return [t for m in members for t in _member(path, archive, m, reading)]
    except (BadZipFile, zlib.error, EOFError) as error:
        raise UnreadableFile(file=path.name, reason="ZIP 已损坏") from error


def _member(path: Path, archive: ZipFile, member: ZipInfo, reading: Reading) -> list[Table]:
    if member.flag_bits & 1:
        raise UnreadableFile(file=path.name, reason="ZIP 有密码")
    if member.file_size > MOST_EXPANSION * max(member.compress_size, 1):
        raise UnreadableFile(file=path.name, reason="ZIP 解压后异常庞大")
    folder = reading.folder / f"zip{next(reading.numbers)}"
    folder.mkdir()
    target = folder / Path(member.filename.replace("\\", "/")).name
    with archive.open(member) as source, target.open("wb") as copy:
        shutil.copyfileobj(source, copy)
    return READERS[target.suffix.lower()](target, reading)
