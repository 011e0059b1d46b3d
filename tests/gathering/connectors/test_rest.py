"""Paged REST sources against a real server."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from jiahe.gathering.actions.collect import collect
from jiahe.gathering.connectors.errors import MissingSecret, SourceUnreachable, WrongAnswer
from jiahe.gathering.connectors.source import Source
from jiahe.gathering.errors import EmptyFile, GatheringError, MissingColumns
from jiahe.gathering.models import Batch
from jiahe.gathering.queries.batch import delivered, freshness
from jiahe.kit.actor import Actor
from jiahe.portals.authority.gathering.batches import line
from tests.gathering.connectors.department import FIRST, SECOND, THIRD, Department, contract
from tests.lake.deliveries import file_of

pytestmark = pytest.mark.django_db(databases="__all__", transaction=True)

PAGING: dict[str, dict[str, object]] = {
    "list": {},
    "page": {"data_path": "data.rows", "paging": {"kind": "page", "size_param": "size", "size": 2}},
    "offset": {"data_path": "data.rows", "paging": {"kind": "offset", "size": 2}},
    "cursor": {"data_path": "data.rows", "paging": {"kind": "cursor", "param": "after", "cursor_path": "next"}},
}


@pytest.fixture
def rest(declare: Callable[..., Source], department: Department) -> Callable[..., Source]:
    def source(path: str, **fields: Any) -> Source:
        common: dict[str, Any] = {
            "kind": "rest",
            "category": "0904",
            "department": "09",
            "aliases": {"合同号": "contract_no"},
        }
        return declare("land", url=f"{department.url}/{path}", **common | fields)

    return source


def gathered(source: Source) -> Batch | None:
    return collect(actor=Actor.system("test"), source=source)


@pytest.mark.parametrize("path", PAGING)
def test_all_pages_are_gathered_whatever_the_paging(
    rest: Callable[..., Source], department: Department, path: str
) -> None:
    department.holds(contract(FIRST, "A1"), contract(FIRST, "A2", price=99), contract(SECOND, "B1"))
    batch = gathered(rest(path, **PAGING[path]))
    assert batch
    assert (batch.source, batch.read, batch.accepted, batch.inserted) == ("land", 3, 3, 3)
    found = {r.values["contract_no"]: r.values["price"] for r in file_of(FIRST, "0904")}
    assert found == {"A1": Decimal("120.5"), "A2": Decimal(99)}
    assert not batch.unknown_columns


def test_the_same_answer_again_changes_nothing(rest: Callable[..., Source], department: Department) -> None:
    department.holds(contract(FIRST, "A1"), contract(SECOND, "B1"))
    source = rest("list")
    gathered(source)
    batch = gathered(source)
    assert batch
    assert (batch.inserted, batch.updated, batch.unchanged) == (0, 0, 2)


def test_pages_may_have_other_columns_than_the_first(rest: Callable[..., Source], department: Department) -> None:
    department.holds(contract(FIRST, "A1"), contract(FIRST, "A2"), contract(SECOND, "B1") | {"area": 12, "x": {"y": 1}})
    batch = gathered(rest("page", **PAGING["page"]))
    assert batch
    assert batch.unknown_columns == ["land.jsonl: x"]
    assert file_of(SECOND, "0904")[0].values["area"] == 12


def test_a_record_that_breaks_a_check_is_quarantined(rest: Callable[..., Source], department: Department) -> None:
    department.holds(contract(FIRST, "A1"), contract("913301007996550580", "A2"))
    batch = gathered(rest("list"))
    assert batch
    assert (batch.read, batch.accepted, batch.quarantined) == (2, 1, 1)


def test_a_missing_column_is_refused_with_its_sentence(rest: Callable[..., Source], department: Department) -> None:
    department.holds({k: v for k, v in contract(FIRST, "A1").items() if k != "合同号"})
    with pytest.raises(MissingColumns) as refused:
        gathered(rest("list"))
    assert str(refused.value) == "文件“land.jsonl”缺少必填列：出让合同编号(contract_no)。请补齐后重新导入。"
    assert [(b.state, b.problem) for b in Batch.objects.all()] == [("refused", str(refused.value))]


def test_a_source_outside_the_departments_is_counted_apart(rest: Callable[..., Source], department: Department) -> None:
    department.holds(contract(FIRST, "A1"))
    batch = gathered(rest("list", department=None, outside="province"))
    assert batch
    assert (batch.source, batch.outside) == ("land", "province")
    assert line(batch).department == "省级 · land"
    assert file_of(FIRST, "0904")[0].key == "A1"
    assert {f.state for f in freshness() if f.category.code == "0904"} == {"never"}
    assert delivered() == frozenset()
    assert gathered(rest("list"))
    assert {f.state for f in freshness() if f.category.code == "0904"} == {"fresh"}
    assert delivered() == {"0904"}


@pytest.mark.parametrize(
    ("path", "failure", "sentence"),
    [
        ("wrong", WrongAnswer, "来源“land”的应答与声明不符：不是 JSON。请与来源单位核对。"),
        ("elsewhere", WrongAnswer, "来源“land”的应答与声明不符：没有 data.rows。请与来源单位核对。"),
        ("scalars", WrongAnswer, "来源“land”的应答与声明不符：data.rows 不是记录的列表。请与来源单位核对。"),
        ("same", WrongAnswer, "来源“land”的应答与声明不符：相邻两页完全相同。请与来源单位核对。"),
        ("failing", SourceUnreachable, "500 Server Error"),
        ("slow", SourceUnreachable, "Read timed out"),
    ],
)
def test_an_answer_that_is_none_is_told_and_nothing_is_gathered(
    rest: Callable[..., Source], department: Department, path: str, failure: type[GatheringError], sentence: str
) -> None:
    department.holds(contract(FIRST, "A1"), contract(SECOND, "B1"), contract(THIRD, "C1"))
    with pytest.raises(failure) as refused:
        gathered(rest(path, timeout=1, **PAGING["page"]))
    assert sentence in str(refused.value)
    assert Batch.objects.count() == 0


def test_no_record_is_no_change_but_no_whole_stock(rest: Callable[..., Source], department: Department) -> None:
    assert gathered(rest("nothing", **PAGING["page"])) is None
    with pytest.raises(EmptyFile):
        gathered(rest("nothing", mode="full", **PAGING["page"]))


def test_a_secret_comes_from_the_environment_and_is_never_told(
    rest: Callable[..., Source], department: Department, monkeypatch: pytest.MonkeyPatch
) -> None:
    fields = {"headers": {"Authorization": "Bearer ${LAND_TOKEN}"}, "secrets": ["LAND_TOKEN"]}
    source = rest("failing", params={"key": "${LAND_TOKEN}"}, **fields)
    with pytest.raises(MissingSecret) as missing:
        gathered(source)
    assert str(missing.value) == "来源“land”需要环境变量 LAND_TOKEN：请设置后重试。"
    assert department.requests == []
    monkeypatch.setenv("LAND_TOKEN", "quiet water/1")
    with pytest.raises(SourceUnreachable) as refused:
        gathered(source)
    assert department.requests[0] == "/failing?key=quiet+water%2F1 Bearer quiet water/1"
    assert "quiet" not in str(refused.value)
    assert "key=***" in str(refused.value)
