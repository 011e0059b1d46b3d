"""Declarations: what a wrong one is told, and what an installation makes of the right ones."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from jiahe.gathering import tasks
from jiahe.gathering.connectors.errors import UnknownSource, WrongDeclaration
from jiahe.gathering.connectors.source import Kind, Source
from jiahe.gathering.connectors.sources import declarations, find
from jiahe.gathering.models import Outside
from jiahe.kit import jobs
from jiahe.kit.jobs import Schedule
from tests.conftest import Installation
from tests.gathering.connectors.department import FIRST, Department, contract

REST = {"kind": "rest", "category": "0904", "department": "09", "url": "https://land.example/api"}
DATABASE = REST | {"kind": "database", "url": "postgresql://reader:${PW}@land.example/land", "query": "SELECT 1"}
DATABASE["secrets"] = ["PW"]  # type: ignore[assignment]  # a list of names
ON_DEMAND = REST | {"kind": "on_demand", "category": "0901", "params": {"code": "{uscc}"}}


@pytest.mark.parametrize(
    ("fields", "place", "reason"),
    [
        (REST | {"kind": "ftp"}, "kind", "应为 database、rest、on_demand 之一"),
        (REST | {"kind": None}, "kind", "必须填写"),
        (REST | {"querry": "x"}, "querry", "rest 类来源没有这一字段"),
        (ON_DEMAND | {"schedule": "0 2 * * *"}, "schedule", "on_demand 类来源没有这一字段"),
        (REST | {"category": 904}, "category", "应为文字(数字请加引号)"),
        (REST | {"category": "9999"}, "category", "目录中没有这一信息类"),
        (ON_DEMAND | {"category": "0904"}, "category", "目录未将该信息类列为实时查询"),
        (REST | {"department": "01"}, "department", "信息类 0904 属于部门 09"),
        (REST | {"department": None}, "department", "department 与 outside 应填写其中一个"),
        (REST | {"outside": "province"}, "department", "department 与 outside 应填写其中一个"),
        (REST | {"department": None, "outside": "abroad"}, "outside", "应为 province、collected 之一"),
        (REST | {"url": "file:///etc/passwd"}, "url", "应以 http://、https:// 开头"),
        (REST | {"url": "https://reader:secret@land.example"}, "url", "口令应放在环境变量中，写作 ${NAME}"),
        (DATABASE | {"query": None}, "query", "必须填写"),
        (DATABASE | {"secrets": []}, "secrets", "没有列出环境变量 PW"),
        (ON_DEMAND | {"params": {}}, "url", "实时来源的 url 或 params 中应有 {uscc}"),
        (ON_DEMAND | {"method": "PUT"}, "method", "应为 GET、POST 之一"),
        (REST | {"aliases": {"合同号": "contract"}}, "aliases.合同号", "信息类 0904 没有信息项 contract"),
        (REST | {"schedule": "61 2 * * *"}, "schedule", "应为五段的 cron 时间，如 15 2 * * *"),
        (REST | {"paging": {"kind": "book"}}, "paging.kind", "应为 single、page、offset、cursor 之一"),
        (REST | {"paging": {"kind": "cursor"}}, "paging.cursor_path", "必须填写"),
        (REST | {"paging": {"sise": 3}}, "paging.sise", "没有这一字段"),
        (REST | {"paging": {"size": 0}}, "paging.size", "应为正整数"),
        (REST | {"timeout": "ten"}, "timeout", "应为正整数"),
        (REST | {"name": {"zh": "土地"}}, "name", "应有 zh 和 en 两种名称"),
        (REST | {"code": "Land"}, "code", "应由小写字母、数字和连字符组成，以字母开头"),
        (REST | {"code": "soil"}, "code", "应与文件名 land.yaml 一致"),
    ],
)
def test_a_wrong_declaration_names_file_and_place(
    declare: Callable[..., Source], fields: dict[str, object], place: str, reason: str
) -> None:
    with pytest.raises(WrongDeclaration) as refused:
        declare("land", **fields)
    assert str(refused.value) == f"来源声明 land.yaml 的“{place}”有误：{reason}。请改正后重试。"


@pytest.mark.parametrize(
    ("text", "place"), [("code: [", "第 1 行"), ("- a\n- b", "第 1 行"), ("code: land\nname: {zh: 'x", "第 2 行")]
)
def test_a_file_that_is_no_yaml_names_its_line(home: Path, text: str, place: str) -> None:
    (home / "sources").mkdir(parents=True)
    (home / "sources/land.yaml").write_text(text)
    with pytest.raises(WrongDeclaration, match=f"来源声明 land.yaml 的“{place}”有误"):
        find("land")


@pytest.mark.parametrize("code", ["none", "../land", ""])
def test_a_source_that_is_not_declared_is_told(code: str) -> None:
    with pytest.raises(UnknownSource):
        find(code)


def test_a_wrong_declaration_does_not_hide_the_others_and_outsiders_are_counted_apart(
    declare: Callable[..., Source],
) -> None:
    declare("land", **REST)
    declare("plots", **DATABASE)
    declare("province", **REST | {"department": None, "outside": "province"})
    with pytest.raises(WrongDeclaration):
        declare("wrong", **REST | {"kind": "ftp"})
    found = declarations()
    assert [(s.code, s.kind) for s in found.sources] == [
        ("land", Kind.REST),
        ("plots", Kind.DATABASE),
        ("province", Kind.REST),
    ]
    assert [found.outside(owner) for owner in (None, Outside.PROVINCE, Outside.COLLECTED)] == [2, 1, 0]
    assert found.problems == ("来源声明 wrong.yaml 的“kind”有误：应为 database、rest、on_demand 之一。请改正后重试。",)


def test_a_schedule_becomes_a_job(declare: Callable[..., Source], monkeypatch: pytest.MonkeyPatch) -> None:
    found: dict[str, Schedule] = {}
    monkeypatch.setattr(jobs, "_declared", found)
    declare("land", **REST | {"schedule": "30 2 * * *"})
    declare("by-hand", **REST)
    tasks.declare_sources()
    (job,) = found.values()
    assert job == Schedule("gathering: source land", "jiahe.gathering.tasks.gather_source", "30 2 * * *", ("land",))


def test_the_commands_gather_and_check_it(installation: Installation, department: Department) -> None:
    department.holds(contract(FIRST, "A1"))
    folder = installation.home / "sources"
    folder.mkdir(parents=True)
    fields = REST | {"code": "land", "name": {"zh": "土地合同", "en": "Land"}, "aliases": {"合同号": "contract_no"}}
    (folder / "land.yaml").write_text(json.dumps(fields | {"url": f"{department.url}/list"}))
    (folder / "away.yaml").write_text(json.dumps(fields | {"code": "away", "url": "http://127.0.0.1:1"}))
    batch = json.loads(installation.run("gather", "--source", "land", "--json").stdout)
    assert (batch["category"], batch["read"], batch["inserted"]) == ("0904", 1, 1)
    assert installation.run("gather", "--source", "none", code=2).stderr == (
        "没有声明代码为“none”的来源：请在数据目录的 sources 中声明。\n"
    )
    report = json.loads(installation.run("check", "--json", code=1).stdout)
    assert [(c["name"], c["ok"]) for c in report["checks"][-3:]] == [
        ("sources", True),
        ("source.away", False),
        ("source.land", True),
    ]
    assert report["checks"][-3]["sentence"] == "已声明的来源：部门 2 个；部门之外：省级 0 个，公开采集 0 个"
    assert "Connection refused" in report["checks"][-2]["sentence"]
    assert report["checks"][-1]["sentence"] == "来源“land”(土地合同)可以连通"
