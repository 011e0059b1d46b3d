"""A gather that is killed and run again ends where an undisturbed one ends."""

from __future__ import annotations

import json
import random
import signal
import time
from pathlib import Path

import pytest

from jiahe.kit import uscc
from tests.conftest import Installation

CATEGORY = "0202"
STATE = f"""
import hashlib, json
from jiahe.catalogue import load
from jiahe.creditfile.models import Enterprise
from jiahe.creditfile.queries.file import read_file
from jiahe.gathering.models import Batch
from jiahe.lake.engines import duckdb as engine
from jiahe.lake.tables import LakeTable
from jiahe.lake.versions import current
category = load().categories["{CATEGORY}"]
items = ", ".join('"' + c + '"' for c in category.by_code)
table = LakeTable(category)
with engine.session() as session:
    rows = f"SELECT {{items}} FROM {{current(category, [f.path for f in table.files()])}}"
    lake = session.execute(f"SELECT count(*), md5(string_agg(t::VARCHAR, ';' ORDER BY t)) FROM ({{rows}}) t").fetchone()
files = hashlib.sha256()
for enterprise in Enterprise.objects.order_by("uscc"):
    found = read_file(enterprise, [category]).get("{CATEGORY}", [])
    files.update(repr((enterprise.uscc, sorted(str(r.values) for r in found))).encode())
running = Batch.objects.filter(state="running").count()
left = sorted(p.name for p in table.path.glob("*.parquet"))
print(json.dumps([lake, files.hexdigest(), running, len(left), len(table.files())]))
"""


def write(path: Path, records: int, *, months: int = 40) -> Path:
    """A file of monthly tax returns, with generated codes."""
    with path.open("w", encoding="utf-8") as out:
        out.write("uscc,name,period,filed_on,sales_total,vat_due\n")
        for number in range(records // months):
            stem = f"91330400XX{number:07d}".replace("I", "1")
            code = stem + uscc.check_character(stem)
            out.writelines(
                f"{code},企业{number},{2020 + m // 12}-{m % 12 + 1:02d},2024-01-02,{number * m}.25,{m}\n"
                for m in range(months)
            )
    return path


def state(installation: Installation) -> list[object]:
    found: list[object] = json.loads(installation.python(STATE))
    return found


def another(installation: Installation, tmp_path: Path, name: str) -> Installation:
    """An installation beside the first, on SQLite."""
    home = tmp_path / name
    return Installation(
        home, {k: v for k, v in installation.environment.items() if k != "DATABASE_URL"} | {"JIAHE_HOME": str(home)}
    )


def killed_after(installation: Installation, file: Path, seconds: float) -> None:
    process = installation.start("gather", file, "--category", CATEGORY)
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    process.communicate()


def undisturbed(installation: Installation, file: Path) -> tuple[float, list[object]]:
    started = time.monotonic()
    installation.run("gather", file, "--category", CATEGORY)
    return time.monotonic() - started, state(installation)


def test_killed_at_three_instants_and_run_again(installation: Installation, tmp_path: Path) -> None:
    file = write(tmp_path / "returns.csv", 200_000)
    calm = another(installation, tmp_path, "calm")
    seconds, expected = undisturbed(calm, file)
    installation.run("file", "91330100799655058B", code=None)
    for share in (0.35, 0.6, 0.9):
        killed_after(installation, file, seconds * share)
    installation.run("gather", file, "--category", CATEGORY)
    assert state(installation) == expected


@pytest.mark.faults
def test_killed_at_ten_random_instants_and_run_again(installation: Installation, tmp_path: Path) -> None:
    file = write(tmp_path / "returns.csv", 2_000_000)
    seconds, expected = undisturbed(another(installation, tmp_path, "calm"), file)
    chance = random.Random(7)
    for _ in range(10):
        killed_after(installation, file, seconds * chance.random())
    installation.run("gather", file, "--category", CATEGORY)
    assert state(installation) == expected


def test_two_loads_of_one_category_at_once_lose_nothing(installation: Installation, tmp_path: Path) -> None:
    first = write(tmp_path / "first.csv", 4_000)
    lines = first.read_text(encoding="utf-8").splitlines()
    half = [tmp_path / "left.csv", tmp_path / "right.csv"]
    half[0].write_text("\n".join(lines[:2_500]) + "\n", encoding="utf-8")
    half[1].write_text("\n".join([lines[0], *lines[2_000:]]) + "\n", encoding="utf-8")
    loads = [installation.start("gather", h, "--category", CATEGORY, "--json") for h in half]
    said = [json.loads(load.communicate()[0]) for load in loads]
    assert [load.returncode for load in loads] == [0, 0]
    assert sum(s["inserted"] for s in said) == 4_000
    assert sum(s["unchanged"] for s in said) == 500
    calm = another(installation, tmp_path, "calm")
    calm.run("gather", first, "--category", CATEGORY)
    assert state(installation)[:3] == state(calm)[:3]
