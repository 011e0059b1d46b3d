"""What a backup says of itself: written last, so that a backup without it is none."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from jiahe.gathering.backups.errors import DamagedBackup, NoBackup

NAME = "manifest.json"
FORMAT = 1


@dataclass
class Manifest:
    """`files` has size and SHA-256 of every file, `tables` the columns of each dumped PostgreSQL table."""

    made_at: str
    database: str
    migrations: list[list[str]]
    keys_digest: str
    tables: dict[str, list[str]] = field(default_factory=dict)
    sequences: dict[str, int] = field(default_factory=dict)
    lake: dict[str, int] = field(default_factory=dict)
    files: dict[str, list[Any]] = field(default_factory=dict)
    format: int = FORMAT

    @property
    def size(self) -> int:
        return sum(size for size, _ in self.files.values())

    def copy(self, source: Path, folder: Path, name: str) -> None:
        """Copy a file into the backup and enter it."""
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
        self.enter(folder, name)

    def enter(self, folder: Path, name: str) -> None:
        """Enter a file that is already there."""
        path = folder / name
        with path.open("rb") as file:
            os.fsync(file.fileno())
        self.files[name] = [path.stat().st_size, _digest(path)]

    def write(self, folder: Path) -> None:
        draft = folder / f"{NAME}.new"
        with draft.open("w", encoding="utf-8") as file:
            json.dump(asdict(self), file, ensure_ascii=False, indent=1)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(folder / NAME)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read(folder: Path) -> Manifest:
    """The manifest of a whole backup; raises `NoBackup`, and `DamagedBackup` for a file that is not as it was."""
    try:
        manifest = Manifest(**json.loads((folder / NAME).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise NoBackup(place=folder) from error
    if manifest.format != FORMAT:
        raise NoBackup(place=folder)
    for name, (size, digest) in manifest.files.items():
        path = folder / name
        if not path.is_file() or path.stat().st_size != size or _digest(path) != digest:
            raise DamagedBackup(file=name)
    return manifest
