"""Database sources: a SQLite file, and the PostgreSQL server of the run."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import psycopg
import pytest

from jiahe.gathering.actions.collect import collect
from jiahe.gathering.connectors.errors import SourceUnreachable
from jiahe.gathering.connectors.reach import reach
from jiahe.gathering.connectors.source import Source
from jiahe.gathering.errors import MissingColumns
from jiahe.kit.actor import Actor
from tests.conftest import SERVER
from tests.gathering.connectors.department import FIRST, SECOND
from tests.lake.deliveries import file_of

pytestmark = pytest.mark.django_db(databases="__all__", transaction=True)

TABLE = """CREATE TABLE contract (code text, company text, number text, area numeric(12, 2), signed date, paid boolean);
INSERT INTO contract VALUES
 ('91330100799655058b', '甲公司', 'A1', NULL, '2026-01-31', true),
 ('91330100799655058B', '甲公司', 'A2', 1234567.25, '2026-02-28', false),
 ('9144030071526726XG', '乙公司', 'B1', 3, NULL, false);"""
QUERY = (
    "SELECT code AS uscc, company AS name, number AS 合同编号, area, signed AS signed_on FROM contract ORDER BY number;"
)


def declared(declare: Callable[..., Source], url: str, query: str = QUERY) -> Source:
    return declare("land", kind="database", category="0904", department="09", url=url, query=query, timeout=2)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A department's database with three contracts, one of which has no date."""
    if request.param == "sqlite":
        with sqlite3.connect(tmp_path / "land.sqlite3") as database:
            database.executescript(TABLE)
        database.close()
        return f"sqlite://{tmp_path}/land.sqlite3"
    found = request.config.stash[SERVER].new_database()
    with psycopg.connect(found) as connection:
        connection.execute(TABLE.encode())
    return found


def test_a_query_is_gathered_like_a_file(declare: Callable[..., Source], url: str) -> None:
    source = declared(declare, url)
    batch = collect(actor=Actor.system("test"), source=source)
    assert batch
    assert (batch.source, batch.read, batch.accepted, batch.quarantined, batch.inserted) == ("land", 3, 2, 1, 2)
    found = {r.values["contract_no"]: r.values["area"] for r in file_of(FIRST, "0904")}
    assert found == {"A1": None, "A2": Decimal("1234567.25")}
    assert file_of(SECOND, "0904") == []
    again = collect(actor=Actor.system("test"), source=source)
    assert again
    assert (again.inserted, again.updated, again.unchanged) == (0, 0, 2)


def test_a_query_without_rows_is_a_batch_without_records(declare: Callable[..., Source], url: str) -> None:
    query = "SELECT code AS uscc, company AS name, number AS contract_no, signed AS signed_on FROM contract WHERE 1 = 0"
    batch = collect(actor=Actor.system("test"), source=declared(declare, url, query))
    assert batch
    assert (batch.state, batch.read) == ("done", 0)


def test_a_missing_column_is_refused_with_its_sentence(declare: Callable[..., Source], url: str) -> None:
    with pytest.raises(MissingColumns) as refused:
        collect(
            actor=Actor.system("test"),
            source=declared(declare, url, "SELECT code AS uscc, company AS name FROM contract"),
        )
    assert str(refused.value) == (
        "文件“land.parquet”缺少必填列：出让合同编号(contract_no)、合同签订日期(signed_on)。请补齐后重新导入。"
    )


@pytest.mark.parametrize("query", ["SELECT * FROM nowhere", "DELETE FROM contract", "not a query"])
def test_what_is_no_query_is_told_and_changes_nothing(declare: Callable[..., Source], url: str, query: str) -> None:
    with pytest.raises(SourceUnreachable, match="来源“land”无法读取："):
        collect(actor=Actor.system("test"), source=declared(declare, url, query))
    batch = collect(actor=Actor.system("test"), source=declared(declare, url))
    assert batch
    assert batch.read == 3


def test_text_that_is_no_text_is_told(declare: Callable[..., Source], tmp_path: Path) -> None:
    sqlite3.connect(tmp_path / "land.sqlite3").close()
    query = "SELECT CAST(x'ff' AS text) AS uscc"
    with pytest.raises(SourceUnreachable, match="UTF8"):
        collect(actor=Actor.system("test"), source=declared(declare, f"sqlite://{tmp_path}/land.sqlite3", query))


def test_a_database_that_is_there_can_be_reached(declare: Callable[..., Source], url: str) -> None:
    reach(declared(declare, url))
    with pytest.raises(SourceUnreachable):
        reach(declared(declare, url, "SELECT * FROM nowhere"))


def test_a_file_that_is_not_there_is_not_made(declare: Callable[..., Source], tmp_path: Path) -> None:
    with pytest.raises(SourceUnreachable):
        reach(declared(declare, f"sqlite://{tmp_path}/none.sqlite3"))
    assert not (tmp_path / "none.sqlite3").exists()


@pytest.mark.postgresql
def test_a_query_that_takes_too_long_is_given_up(
    declare: Callable[..., Source], request: pytest.FixtureRequest
) -> None:
    source = declared(declare, request.config.stash[SERVER].url(), "SELECT pg_sleep(20)::text AS uscc")
    with pytest.raises(SourceUnreachable, match="statement timeout"):
        collect(actor=Actor.system("test"), source=source)
