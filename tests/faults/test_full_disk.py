"""A full disk is one clear sentence, and nothing is half done."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Installation
from tests.faults.deliveries import CATEGORY, fingerprint, write

NOT_IN_THE_LAKE = "磁盘空间不足：本批次未写入任何内容。请清理空间后重新运行。"
NOT_IN_THE_DOCUMENTS = "磁盘空间不足：批次 2 已入湖，信用档案尚未更新。请清理空间后重新运行，将自动补完。"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk that a test makes smaller or larger; only root may have one."""
    place = tmp_path / "disk"
    place.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", place], capture_output=True)
    if os.geteuid() != 0 or made.returncode:
        pytest.skip("a disk of its own can be mounted by root only")
    yield place
    subprocess.run(["umount", "-l", place], check=True)


def resize(disk: Path, room_mb: int) -> None:
    """Leave so many megabytes free."""
    used = sum(f.stat().st_blocks * 512 for f in disk.rglob("*") if f.is_file())
    subprocess.run(["mount", "-o", f"remount,size={(used >> 10) + room_mb * 1024}k", disk], check=True)


@pytest.mark.parametrize(("room_mb", "sentence"), [(1, NOT_IN_THE_LAKE), (6, NOT_IN_THE_DOCUMENTS)])
def test_a_full_disk_ends_clearly_and_a_larger_one_finishes(
    installation: Installation,
    other_installation: Installation,
    small_disk: Path,
    tmp_path: Path,
    room_mb: int,
    sentence: str,
) -> None:
    if sentence == NOT_IN_THE_DOCUMENTS and installation.environment.get("DATABASE_URL"):
        pytest.skip("PostgreSQL keeps the documents on a disk of its own")
    first, second = write(tmp_path / "a.csv", 500), write(tmp_path / "b.csv", 400_000)
    here = Installation(small_disk, installation.environment | {"JIAHE_HOME": str(small_disk)})
    here.run("gather", first, "--category", CATEGORY)
    before = fingerprint(here)
    resize(small_disk, room_mb)
    done = here.run("gather", second, "--category", CATEGORY, code=2)
    assert (done.stdout, done.stderr.strip()) == ("", sentence)
    resize(small_disk, 512)
    if sentence == NOT_IN_THE_LAKE:
        assert fingerprint(here) == before
    counts = json.loads(here.run("gather", second, "--category", CATEGORY, "--json").stdout)
    assert counts["inserted"] + counts["unchanged"] == 400_000
    for file in (first, second):
        other_installation.run("gather", file, "--category", CATEGORY)
    assert fingerprint(here) == fingerprint(other_installation)
