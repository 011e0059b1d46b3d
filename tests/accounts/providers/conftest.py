"""A provider that runs as a process of its own, and this installation set to use it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

PROGRAM = Path(__file__).with_name("stand_in.py")


@dataclass
class StandIn:
    """`fault` says what is wrong with its answers from now on."""

    url: str
    folder: Path
    process: subprocess.Popen[str]

    def fault(self, name: str) -> None:
        (self.folder / "fault").write_text(name)

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait()
        assert self.process.stdout is not None
        self.process.stdout.close()


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], StandIn]]:
    running: list[StandIn] = []

    def start(kind: str) -> StandIn:
        command = [sys.executable, str(PROGRAM), kind, str(tmp_path)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        url = f"http://127.0.0.1:{process.stdout.readline().strip()}"
        settings = {
            "sso": {"ISSUER": url, "CLIENT": "jiahe", "SECRET": "stand-in"},
            "licence": {"URL": url, "CLIENT": "jiahe", "SECRET": "stand-in", "KEY": str(tmp_path / "key.pem")},
        }[kind]
        for name, value in settings.items():
            monkeypatch.setenv(f"JIAHE_{kind.upper()}_{name}", value)
        running.append(StandIn(url, tmp_path, process))
        return running[-1]

    yield start
    for one in running:
        if one.process.poll() is None:
            one.stop()
