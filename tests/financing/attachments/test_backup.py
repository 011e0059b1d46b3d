"""A backup takes the files along, and a restore puts them back."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import Installation


def test_the_files_come_back(installation: Installation, other_installation: Installation, tmp_path: Path) -> None:
    installation.run("check", code=None)
    file = installation.home / "attachments" / "45" / "FJ20261125ABCDEF012345"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"JHA1v sealed")
    installation.run("backup", tmp_path / "backup")
    assert (tmp_path / "backup" / "attachments" / "45" / file.name).read_bytes() == b"JHA1v sealed"
    other_installation.run("restore", tmp_path / "backup")
    assert (other_installation.home / "attachments" / "45" / file.name).read_bytes() == b"JHA1v sealed"
