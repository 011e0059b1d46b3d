"""Documents made anew from the lake are those that were made batch by batch."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from jiahe.catalogue import load
from jiahe.creditfile import projection
from jiahe.creditfile.documents.store import Document, DocumentStore
from jiahe.creditfile.models import Enterprise
from tests.conftest import Installation
from tests.lake.deliveries import FIRST, PENALTIES, SECOND, THIRD, penalties

CATEGORY = load().categories[PENALTIES]


def documents() -> list[list[Document]]:
    return [DocumentStore().read(e.serial, [CATEGORY]) for e in Enterprise.objects.order_by("serial")]


@pytest.mark.django_db(databases="__all__", transaction=True)
def test_anew_equals_step_by_step(tmp_path: Path) -> None:
    penalties(
        tmp_path, f"{FIRST},甲1,2023-11-01,一,甲,", f"{SECOND},乙1,2023-11-01,一,乙,", f"{THIRD},丙1,2023-11-01,一,丙,"
    )
    penalties(
        tmp_path, f"{FIRST},甲1,2023-11-01,二,甲,", f"{FIRST},甲0,2023-11-02,二,甲,", f"{SECOND},乙1,2023-11-01,一,乙,D"
    )
    penalties(tmp_path, f"{SECOND},乙2,2023-11-01,三,乙,", f"{THIRD},丙1,2023-11-01,一,丙,D")
    found = documents()
    assert [sum(len(d.rows) for d in one) for one in found] == [2, 0, 1]  # serials are given in the order of the codes
    assert projection.rebuild(CATEGORY).documents == 2
    assert documents() == found
    assert DocumentStore().watermark(CATEGORY) == projection.apply(CATEGORY).to_batch


def test_the_command(installation: Installation, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        f"uscc,decision_no,decided_on,name\n{FIRST},甲1,2023-01-01,甲\n{SECOND},乙1,2023-01-01,乙\n", "utf-8"
    )
    batch = json.loads(installation.run("gather", path, "--category", PENALTIES, "--json").stdout)["batch"]
    before = json.loads(installation.run("file", FIRST, "--json").stdout)["records"]
    said = json.loads(installation.run("rebuild", "creditfile", "--json").stdout)
    seconds = said.pop("seconds")
    assert said == {
        "projection": "creditfile",
        "categories": [{"category": PENALTIES, "batch": batch, "documents": 2}],
        "documents": 2,
    }
    assert seconds > 0
    assert json.loads(installation.run("file", FIRST, "--json").stdout)["records"] == before
    one = installation.run("rebuild", "creditfile", "--category", PENALTIES).stdout.splitlines()
    assert one[0] == "0209 税务行政处罚与稽查：2 份"
    assert "“9999”" in installation.run("rebuild", "creditfile", "--category", "9999", code=2).stderr
    assert installation.run("rebuild", "scores", code=2).stderr != ""
