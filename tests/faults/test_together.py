"""Two loads of one category at once lose nothing."""

from __future__ import annotations

import json
from pathlib import Path

from tests.conftest import Installation
from tests.faults.deliveries import CATEGORY, write


def test_two_loads_at_once_both_arrive_whole(installation: Installation, tmp_path: Path) -> None:
    """Both bring the same keys: what one inserts the other finds there, and updates."""
    files = [write(tmp_path / "a.csv", 50_000), write(tmp_path / "b.csv", 50_000, factor=2)]
    both = [installation.start("gather", file, "--category", CATEGORY, "--json") for file in files]
    results = [json.loads(process.communicate()[0]) for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert sorted(r["inserted"] for r in results) == [0, 50_000]
    assert sorted(r["updated"] for r in results) == [0, 50_000]
    assert sorted(r["lake_version"] for r in results) == [0, 1]
