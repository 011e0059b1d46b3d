"""A purge that is killed at any of its steps is finished by the next one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Installation
from tests.lake.deliveries import FIRST, PENALTIES, SECOND

RUN = f"""
from jiahe.catalogue import load
from jiahe.gathering.actions.purge import purge
from jiahe.kit.actor import Actor
purge(actor=Actor.system("test"), category=load().categories["{PENALTIES}"])
"""
STATE = f"""
import json
from jiahe.catalogue import load
from jiahe.gathering.models import Purge
from jiahe.lake.tables import LakeTable
import pyarrow.parquet as pq
files = LakeTable(load().categories["{PENALTIES}"]).files()
rows = sorted(r for f in files for r in pq.read_table(f.path).column("decision_no").to_pylist())
done = [[p.place, p.records, p.versions] for p in Purge.objects.filter(state="done")]
open_ones = Purge.objects.filter(state="running").count()
print(json.dumps([rows, done, open_ones]))
"""


@pytest.fixture
def delivered(installation: Installation, tmp_path: Path) -> Installation:
    path = tmp_path / "penalties.csv"
    lines = ["uscc,decision_no,decided_on,name", f"{FIRST},旧1,2018-08-01,甲", f"{FIRST},新1,2023-06-01,甲"]
    path.write_text(
        "\n".join([*lines, f"{SECOND},旧2,2018-08-01,乙", "错码,旧3,2018-08-01,丙"]) + "\n", encoding="utf-8"
    )
    installation.run("gather", path, "--category", PENALTIES, code=1, JIAHE_NOW="2023-07-01T10:00:00")
    return installation


@pytest.mark.parametrize(
    "place", ["projection.leave_out_ended", "retention.forget", "_replace", "_close", "expiry.erase"]
)
def test_killed_before_a_step_and_run_again(delivered: Installation, place: str) -> None:
    """The process ends itself where the step would begin; the next run does it all."""
    delivered.environment["JIAHE_NOW"] = "2023-08-02T10:00:00"
    module, _, function = place.rpartition(".")
    owner = f"purge_module.{module}" if module else "purge_module"
    killing = (
        "import os, sys\nfrom jiahe.gathering.actions import purge as purge_module\n"
        f"{owner}.{function} = lambda *a, **k: os._exit(9)\n"
    )
    with pytest.raises(Exception, match="exit status 9"):
        delivered.python(killing + RUN)
    delivered.python(RUN)
    rows, done, open_ones = json.loads(delivered.python(STATE))
    assert (rows, open_ones) == (["新1"], 0)
    assert sorted(done) == [["lake", 2, 2], ["quarantine", 1, 1]]
    shown = json.loads(delivered.run("file", FIRST, "--json").stdout)
    assert [r["values"]["decision_no"] for r in shown["records"][PENALTIES]] == ["新1"]
    assert json.loads(delivered.run("file", SECOND, "--json").stdout)["records"] == {}
