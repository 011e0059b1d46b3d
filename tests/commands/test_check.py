import json

import pytest

from tests.conftest import Installation

NAMES = [
    "data_folder",
    "database",
    "documents",
    "lake",
    "engine",
    "keys",
    "catalogue",
    "browser_parts",
    "language",
    "working_days",
    "jobs",
    "audit",
    "messages",
]


def test_a_fresh_installation_is_in_order(installation: Installation) -> None:
    report = json.loads(installation.run("check", "--json").stdout)
    assert report["ok"] is True
    assert [(one["name"], one["ok"]) for one in report["checks"]] == [(name, True) for name in NAMES]


def test_keys_that_others_may_read_are_named(installation: Installation) -> None:
    installation.run("check")
    (installation.home / "keys/data").chmod(0o644)
    report = json.loads(installation.run("check", "--json", code=1).stdout)
    assert [one["sentence"] for one in report["checks"] if not one["ok"]] == [
        "密钥文件 data 可被他人读取：请将权限改为 600"
    ]


def test_an_engine_that_cannot_be_used_is_told(installation: Installation) -> None:
    report = json.loads(installation.run("check", "--json", code=1, JIAHE_ENGINE="polars").stdout)
    found = {one["name"]: one["sentence"] for one in report["checks"] if not one["ok"]}
    assert found == {
        "engine": "JIAHE_ENGINE 的值“polars”无效：请设为 duckdb，或 Spark Connect 的地址 sc://主机:15002。"
    }


def test_a_part_that_is_out_of_reach_does_not_hide_the_others(installation: Installation) -> None:
    url = "postgresql://nobody@127.0.0.1:1/none?connect_timeout=2"
    report = json.loads(installation.run("check", "--json", code=1, DATABASE_URL=url).stdout)
    assert [one["name"] for one in report["checks"]] == NAMES
    assert {one["name"] for one in report["checks"] if not one["ok"]} == {
        "database",
        "documents",
        "jobs",
        "audit",
        "messages",
    }


@pytest.mark.parametrize(
    ("name", "value", "missing"),
    [
        ("JIAHE_HOSTS", "credit.example", "deploy.hosts"),
        ("JIAHE_PROXY", "1", "deploy.tls"),
        ("JIAHE_BACKUPS", "/backups", "deploy.backups"),
        ("JIAHE_HOTLINE", "12345", "deploy.hotline"),
    ],
)
def test_deploy_lists_what_production_lacks(installation: Installation, name: str, value: str, missing: str) -> None:
    def lacking(**settings: str) -> set[str]:
        report = json.loads(installation.run("check", "--deploy", "--json", code=1, **settings).stdout)
        return {one["name"] for one in report["checks"] if not one["ok"]}

    assert missing in lacking()
    assert missing not in lacking(**{name: value})


def test_deploy_wants_three_administrators_who_are_three_people(installation: Installation) -> None:
    def lacking() -> bool:
        report = json.loads(installation.run("check", "--deploy", "--json", code=1).stdout)
        return "deploy.administrators" in {one["name"] for one in report["checks"] if not one["ok"]}

    assert lacking()
    installation.run("demo", "--build-only", "--enterprises", "100", "--records", "6000")
    assert not lacking()
