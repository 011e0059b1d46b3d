"""A department's server in a process of its own, and the declarations of an installation."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.gathering.connectors.department import Department

if TYPE_CHECKING:  # Django is set up only after this module is read
    from jiahe.gathering.connectors.source import Source


@pytest.fixture
def department(tmp_path: Path) -> Iterator[Department]:
    folder = tmp_path / "department"
    folder.mkdir()
    program = [sys.executable, str(Path(__file__).with_name("server.py")), str(folder)]
    with subprocess.Popen(program, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        found = Department(folder, f"http://127.0.0.1:{process.stdout.readline().strip()}")
        found.holds()
        yield found
        process.kill()


@pytest.fixture
def declare(home: Path) -> Callable[..., Source]:
    """Write a declaration and read it; a value None leaves a field out."""
    from jiahe.gathering.connectors.sources import find

    def write(code: str, /, **fields: object) -> Source:
        folder = home / "sources"
        folder.mkdir(parents=True, exist_ok=True)
        lines = {"code": code, "name": {"zh": "土地合同", "en": "Land contracts"}} | fields
        text = "\n".join(f"{k}: {json.dumps(v, ensure_ascii=False)}" for k, v in lines.items() if v is not None)
        (folder / f"{code}.yaml").write_text(text, encoding="utf-8")
        return find(code)

    return write
