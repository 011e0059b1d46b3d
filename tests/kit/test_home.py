"""Secrets of an installation are made once, whoever needs them first."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

from jiahe.kit.home import create_once

THREADS, ROUNDS = 8, 200


def test_many_at_once_find_the_same_whole_secret_and_leave_nothing_else(tmp_path: Path) -> None:
    start = Barrier(THREADS)

    def make(number: int, place: Path) -> str:
        start.wait()
        create_once(place, f"secret {number}")
        return place.read_text()

    with ThreadPoolExecutor(THREADS) as pool:
        for round_ in range(ROUNDS):
            place = tmp_path / str(round_) / "key"
            place.parent.mkdir()
            seen = {one.result() for one in [pool.submit(make, n, place) for n in range(THREADS)]}
            assert seen == {place.read_text()}
            assert [p.name for p in place.parent.iterdir()] == ["key"]
    assert place.stat().st_mode & 0o777 == 0o600
