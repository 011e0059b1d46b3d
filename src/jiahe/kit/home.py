"""Where Jiahe keeps its data: folders below JIAHE_HOME, the lake's place, and locks between processes."""

from __future__ import annotations

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

ATTACHMENTS = "attachments"  # the folder of the files that people uploaded


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


def create_once(path: Path, secret: str) -> None:
    """Write a secret that must be made once, readable by the owner only.

    A hard link makes it appear whole, and the first wins. Each draft has a name of its own: two threads that shared one
    could put the second's secret into the file that the first has read already.
    """
    descriptor, draft = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(secret)
        with suppress(FileExistsError):
            os.link(draft, path)
    finally:
        Path(draft).unlink()
