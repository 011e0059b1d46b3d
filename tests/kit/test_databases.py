from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from jiahe.kit.databases import DocumentsRouter, databases

HOME = Path("/srv/jiahe")


def test_without_a_url_two_sqlite_files_lie_in_the_data_folder() -> None:
    found = databases("", HOME)
    assert {alias: one["NAME"] for alias, one in found.items()} == {
        "default": "/srv/jiahe/jiahe.sqlite3",
        "creditfile": "/srv/jiahe/creditfile.sqlite3",
    }
    assert all(one["OPTIONS"]["transaction_mode"] == "IMMEDIATE" for one in found.values())


def test_a_sqlite_url_takes_the_documents_along() -> None:
    found = databases("sqlite:////data/city%20one.sqlite3", HOME)
    assert [one["NAME"] for one in found.values()] == ["/data/city one.sqlite3", "/data/creditfile.sqlite3"]


@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_postgresql_is_one_database_for_everything(scheme: str) -> None:
    found = databases(f"{scheme}://jia%40he:s%2Fecret@db.example:5433/credit?sslmode=verify-full", HOME)
    assert list(found) == ["default"]
    wanted = {"NAME": "credit", "USER": "jia@he", "PASSWORD": "s/ecret", "HOST": "db.example", "PORT": "5433"}
    assert wanted.items() <= found["default"].items()
    assert found["default"]["OPTIONS"] == {"sslmode": "verify-full"}


def test_a_socket_folder_stands_in_the_query() -> None:
    found = databases("postgresql://jiahe@/credit?host=/run/postgresql", HOME)["default"]
    assert (found["HOST"], found["PORT"], found["NAME"], found["OPTIONS"]) == ("/run/postgresql", "", "credit", {})


def test_another_kind_of_database_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match="mysql"):
        databases("mysql://localhost/credit", HOME)


def test_the_documents_file_takes_no_django_tables() -> None:
    assert DocumentsRouter().allow_migrate("creditfile", "creditfile") is False
    assert DocumentsRouter().allow_migrate("default", "creditfile") is None
