"""The operator's examples are declared as they stand and gathered from real servers."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from jiahe.gathering.actions.collect import collect
from jiahe.gathering.connectors import question
from jiahe.gathering.connectors.source import Kind, Source
from jiahe.gathering.connectors.sources import find
from jiahe.kit.actor import Actor
from tests.gathering.connectors.department import FIRST, Department, contract
from tests.lake.deliveries import file_of

PAGE = Path(__file__).resolve().parents[3] / "docs/operator/README.md"


@pytest.fixture
def examples(home: Path) -> dict[str, Source]:
    (home / "sources").mkdir(parents=True)
    found = re.findall(r"```yaml\n(code: (\S+)\n.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    for text, code in found:
        (home / f"sources/{code}.yaml").write_text(text, encoding="utf-8")
    return {code: find(code) for _, code in found}


def test_every_kind_has_an_example(examples: dict[str, Source]) -> None:
    assert {s.kind for s in examples.values()} == set(Kind)


@pytest.mark.django_db(databases="__all__", transaction=True)
def test_the_database_is_gathered(examples: dict[str, Source], tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "land.sqlite3") as database:
        database.execute("CREATE TABLE contract (code, company, number, signed)")
        database.execute("INSERT INTO contract VALUES (?, '甲公司', 'A1', '2026-01-31')", [FIRST])
    database.close()
    source = replace(examples["land-contracts"], url=f"sqlite://{tmp_path}/land.sqlite3")
    collect(actor=Actor.system("test"), source=source)
    assert [r.key for r in file_of(FIRST, "0904")] == ["A1"]


@pytest.mark.django_db(databases="__all__", transaction=True)
def test_the_service_is_gathered(
    examples: dict[str, Source], department: Department, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LAND_TOKEN", "quiet-water")
    department.holds(contract(FIRST, "A1"))
    collect(actor=Actor.system("test"), source=replace(examples["land-service"], url=f"{department.url}/page"))
    assert [r.key for r in file_of(FIRST, "0904")] == ["A1"]
    assert department.requests[0] == "/page?city=3304&size=500&page=1 Bearer quiet-water"


def test_the_register_is_asked(
    examples: dict[str, Source], department: Department, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REGISTER_TOKEN", "quiet-water")
    department.answers("nothing")
    assert question.ask(replace(examples["titles"], url=f"{department.url}/one"), FIRST) == []
    assert department.requests == ["/one Bearer quiet-water"]
