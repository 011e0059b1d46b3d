"""Where Jiahe keeps its data: folders below JIAHE_HOME, the lake's place, and locks between processes."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def home() -> Path:
    """The data folder, made when it is missing."""
    path = Path(os.environ.get("JIAHE_HOME", "var")).resolve()
    path.mkdir(parents=True, exist_ok=True)
    return path


def folder(name: str) -> Path:
    """A folder of the data folder, made when it is missing."""
    path = home() / name
    path.mkdir(parents=True, exist_ok=True)
    return path


def lake_root() -> Path:
    """The lake's place: JIAHE_LAKE, or `lake` in the data folder."""
    place = os.environ.get("JIAHE_LAKE")
    return Path(place).resolve() if place else folder("lake")


@contextmanager
def locked(name: str) -> Iterator[None]:
    """Hold a lock between processes; the operating system frees it when the holder dies."""
    with (folder("locks") / name).open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
