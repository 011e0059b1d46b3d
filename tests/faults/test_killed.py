"""A gather that is killed at any instant leaves a batch wholly or not at all, and the next run finishes it."""

from __future__ import annotations

import json
import random
import signal
import time
from pathlib import Path

import pytest

from tests.conftest import Installation
from tests.faults.deliveries import CATEGORY, fingerprint, write

STARTING_SECONDS = 1.5


def gather(installation: Installation, file: Path) -> dict[str, int]:
    done = installation.run("gather", file, "--category", CATEGORY, "--json")
    counts: dict[str, int] = json.loads(done.stdout)
    return counts


def killed(installation: Installation, file: Path, after: float) -> int:
    """Start a gather, kill it after some seconds; gives how it ended (-9, or 0 where it was faster)."""
    process = installation.start("gather", file, "--category", CATEGORY, "--json")
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    return process.returncode


def undisturbed(installation: Installation, file: Path) -> tuple[float, str]:
    started = time.monotonic()
    gather(installation, file)
    return time.monotonic() - started, fingerprint(installation)


def test_killed_at_three_instants_and_run_again_is_as_if_undisturbed(
    installation: Installation, other_installation: Installation, tmp_path: Path
) -> None:
    file = write(tmp_path / "filings.csv", 200_000)
    seconds, wanted = undisturbed(other_installation, file)
    ends = [
        killed(installation, file, STARTING_SECONDS + (seconds - STARTING_SECONDS) * part) for part in (0.1, 0.45, 0.8)
    ]
    assert ends[0] == -signal.SIGKILL
    again = gather(installation, file)
    assert (again["read"], again["accepted"], again["inserted"] + again["unchanged"]) == (200_000, 200_000, 200_000)
    assert fingerprint(installation) == wanted
    assert gather(installation, file)["unchanged"] == 200_000
    assert fingerprint(installation) == wanted


def test_an_update_killed_half_way_shows_the_old_or_the_new_and_then_the_new(
    installation: Installation, other_installation: Installation, tmp_path: Path
) -> None:
    first, second = write(tmp_path / "a.csv", 20_000), write(tmp_path / "b.csv", 20_000, factor=3)
    gather(other_installation, first)
    old = fingerprint(other_installation)
    seconds, new = undisturbed(other_installation, second)
    gather(installation, first)
    assert fingerprint(installation) == old
    killed(installation, second, STARTING_SECONDS + (seconds - STARTING_SECONDS) / 2)
    gather(installation, second)
    assert fingerprint(installation) == new


@pytest.mark.faults
def test_two_million_records_killed_at_ten_random_instants(
    installation: Installation, other_installation: Installation, tmp_path: Path
) -> None:
    file = write(tmp_path / "filings.csv", 2_000_000)
    seconds, wanted = undisturbed(other_installation, file)
    chance = random.Random(7)
    for _ in range(10):
        killed(installation, file, chance.uniform(0.2, seconds))
    assert gather(installation, file)["accepted"] == 2_000_000
    assert fingerprint(installation) == wanted
