"""A full disk is one clear sentence, and nothing is half done."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import SERVER, Installation
from tests.faults.deliveries import CATEGORY, fingerprint, write

NOT_IN_THE_LAKE = "磁盘空间不足：本批次未写入任何内容。请清理空间后重新运行。"
NOT_IN_THE_DOCUMENTS = "磁盘空间不足：批次 2 已入湖，信用档案尚未更新。请清理空间后重新运行，将自动补完。"


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A disk that a test makes smaller or larger; only root may have one. The database server may reach it."""
    place = Path(tempfile.mkdtemp(prefix="jiahe-disk-", dir="/tmp"))
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", place], capture_output=True)
    if os.geteuid() != 0 or made.returncode:
        place.rmdir()
        pytest.skip("a disk of its own can be mounted by root only")
    yield place
    subprocess.run(["umount", "-l", place], check=True)
    place.rmdir()


def resize(disk: Path, room_mb: int) -> None:
    """Leave so many megabytes free."""
    used = sum(f.stat().st_blocks * 512 for f in disk.rglob("*") if f.is_file())
    subprocess.run(["mount", "-o", f"remount,size={(used >> 10) + room_mb * 1024}k", disk], check=True)


@pytest.fixture
def home_on_it(installation: Installation, small_disk: Path) -> Installation:
    """Everything on the small disk: on PostgreSQL all but the database."""
    return Installation(small_disk, installation.environment | {"JIAHE_HOME": str(small_disk)})


@pytest.fixture
def lake_on_it(installation: Installation, small_disk: Path) -> Installation:
    """The lake alone on the small disk."""
    return Installation(installation.home, installation.environment | {"JIAHE_LAKE": str(small_disk / "lake")})


@pytest.fixture
def database_on_it(installation: Installation, small_disk: Path, pytestconfig: pytest.Config) -> Iterator[Installation]:
    """The tables of PostgreSQL alone on the small disk."""
    with pytestconfig.stash[SERVER].database_on(small_disk) as url:
        yield Installation(installation.home, installation.environment | {"DATABASE_URL": url})


@pytest.mark.parametrize(("room_mb", "sentence"), [(1, NOT_IN_THE_LAKE), (6, NOT_IN_THE_DOCUMENTS)])
def test_a_full_disk_ends_clearly_and_a_larger_one_finishes(
    home_on_it: Installation,
    other_installation: Installation,
    small_disk: Path,
    tmp_path: Path,
    room_mb: int,
    sentence: str,
) -> None:
    if sentence == NOT_IN_THE_DOCUMENTS and home_on_it.environment.get("DATABASE_URL"):
        pytest.skip("PostgreSQL keeps the documents on a disk of its own")
    _fill_and_finish(home_on_it, other_installation, small_disk, tmp_path, room_mb, sentence, records=400_000)


def test_a_full_disk_of_the_lake_alone(
    lake_on_it: Installation, other_installation: Installation, small_disk: Path, tmp_path: Path
) -> None:
    _fill_and_finish(lake_on_it, other_installation, small_disk, tmp_path, 1, NOT_IN_THE_LAKE, records=200_000)


@pytest.mark.postgresql
@pytest.mark.parametrize(("room_mb", "sentence"), [(0, NOT_IN_THE_LAKE), (2, NOT_IN_THE_DOCUMENTS)])
def test_a_full_disk_of_the_database(
    database_on_it: Installation,
    other_installation: Installation,
    small_disk: Path,
    tmp_path: Path,
    room_mb: int,
    sentence: str,
) -> None:
    _fill_and_finish(database_on_it, other_installation, small_disk, tmp_path, room_mb, sentence, records=200_000)


def _fill_and_finish(
    here: Installation, other: Installation, disk: Path, tmp_path: Path, room_mb: int, sentence: str, *, records: int
) -> None:
    """A second delivery does not fit. Once it does, everything is as where there always was room."""
    first, second = write(tmp_path / "a.csv", 500), write(tmp_path / "b.csv", records)
    here.run("gather", first, "--category", CATEGORY)
    before, files = fingerprint(here), lake_files(here)
    resize(disk, room_mb)
    done = here.run("gather", second, "--category", CATEGORY, code=2)
    assert (done.stdout, done.stderr.strip()) == ("", sentence)
    resize(disk, 512)
    if sentence == NOT_IN_THE_LAKE:
        assert (fingerprint(here), lake_files(here)) == (before, files)
    counts = json.loads(here.run("gather", second, "--category", CATEGORY, "--json").stdout)
    assert counts["inserted"] + counts["unchanged"] == records
    for file in (first, second):
        other.run("gather", file, "--category", CATEGORY)
    assert fingerprint(here) == fingerprint(other)


def lake_files(here: Installation) -> list[str]:
    """The files of the lake, whether or not any version of a table knows of them."""
    lake = Path(here.environment.get("JIAHE_LAKE", here.home / "lake"))
    return sorted(str(p.relative_to(lake)) for p in lake.rglob("*") if p.is_file())
