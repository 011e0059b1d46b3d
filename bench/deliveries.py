"""A generated city's department files, a department at a time: made when they are wanted, gone when they were used."""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from jiahe.catalogue import Category, load
from jiahe.gathering.headers import Header, understand

RECORDS_AN_ENTERPRISE = 700
SEED = 7


@dataclass(frozen=True)
class Scale:
    """How large a city is made."""

    records: int

    @property
    def enterprises(self) -> int:
        return max(100, self.records // RECORDS_AN_ENTERPRISE)

    @property
    def arguments(self) -> list[str]:
        return ["--enterprises", str(self.enterprises), "--records", str(self.records), "--seed", str(SEED)]


@dataclass(frozen=True)
class Files:
    """What one category's department delivers; peers that read only CSV in UTF-8 and we get the same files."""

    category: Category
    paths: list[str]
    header: Header

    @property
    def names(self) -> dict[str, str]:
        """Headers with the item codes they stand for."""
        return {column: code for code, column in self.header.items.items()}

    @property
    def key(self) -> list[str]:
        return [self.header.items[code] for code in self.category.key]


def generate(scale: Scale, out: Path, *categories: str) -> float:
    """Write a city, or some categories of it; gives the seconds it took."""
    only = [part for code in categories for part in ("--category", code)]
    started = time.perf_counter()
    command = [sys.executable, "-m", "jiahe.cli", "city", *scale.arguments, *only, "--out", str(out)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - started


def departments(scale: Scale, place: Path, made: Callable[[float], None]) -> Iterator[Files]:
    """All categories, written a department at a time and gone when they were used; tells the seconds of writing."""
    for department in load().departments:
        out = _fresh(place)
        made(generate(scale, out, *(c.code for c in department.categories)))
        for category in department.categories:
            if files := _files(out, category):
                yield files
            shutil.rmtree(out / department.code / category.code, ignore_errors=True)
        shutil.rmtree(out)


@contextmanager
def delivered(scale: Scale, place: Path, category: Category) -> Iterator[Files | None]:
    """One category's files; None where the city has none that every contestant can read."""
    out = _fresh(place)
    generate(scale, out, category.code)
    try:
        yield _files(out, category)
    finally:
        shutil.rmtree(out, ignore_errors=True)


def _fresh(place: Path) -> Path:
    out = place / "city"
    shutil.rmtree(out, ignore_errors=True)
    return out


def _files(out: Path, category: Category) -> Files | None:
    folder = out / category.department / category.code
    paths = sorted(f for f in folder.glob("*.csv") if _is_utf8(f)) if folder.is_dir() else []
    if not paths:
        return None
    with paths[0].open(encoding="utf-8-sig", newline="") as first:
        columns = next(csv.reader(first))
    return Files(category, [str(p) for p in paths], understand(category, columns, paths[0].name))


def _is_utf8(file: Path) -> bool:
    try:
        with file.open(encoding="utf-8") as text:
            text.read(1 << 20)
    except UnicodeDecodeError:
        return False
    return True
