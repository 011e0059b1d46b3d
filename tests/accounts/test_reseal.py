"""After a rotation nothing is left under an old key: accounts, lake, documents, quarantine; and all reads as before."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection, models

from jiahe.accounts.actions import reseal as accounts
from jiahe.accounts.models import User
from jiahe.audit.models import Entry
from jiahe.catalogue import load
from jiahe.creditfile import projection
from jiahe.creditfile.models import Enterprise
from jiahe.creditfile.queries.file import read_file
from jiahe.gathering import quarantine, refused
from jiahe.gathering.actions import reseal as deliveries
from jiahe.gathering.actions.gather import gather
from jiahe.gathering.delivery import Delivery
from jiahe.kit.actor import Actor
from jiahe.kit.crypto import add_key, keyring
from jiahe.lake.engines import duckdb as engine
from jiahe.lake.tables import LakeTable
from tests.gathering.test_take_back import GOOD, PHONE, TAXPAYERS
from tests.people import data_officer

pytestmark = pytest.mark.django_db(databases="__all__")
CONSOLE = Actor.system("console")


@pytest.fixture
def officer(tmp_path: Path) -> User:
    """Somebody with a phone; a delivery with one accepted phone and two refused records, one with a phone."""
    user = data_officer()
    user.phone, user.phone_digest = keyring().encrypt(PHONE), keyring().digest(PHONE)
    user.save()
    file = tmp_path / "taxpayers.csv"
    file.write_text(TAXPAYERS, encoding="utf-8")
    gather(actor=CONSOLE, delivery=Delivery(load().categories["0201"], [file], source="02"))
    return user


def sealed_in(paths: list[Path]) -> list[str]:
    """What marks of keys stand in Parquet files."""
    with engine.session() as session:
        rows = [r for p in paths for r in session.execute(f"SELECT * FROM read_parquet('{p}')").fetchall()]
    return sorted({value[:3] for row in rows for value in row if isinstance(value, str) and value[1:3] in ("1:", "2:")})


def lake() -> list[Path]:
    return [f.path for f in LakeTable(load().categories["0201"]).files()]


def shown() -> list[object]:
    category = load().categories["0201"]
    return [dict(record.values) for record in read_file(Enterprise.objects.get(uscc=GOOD), [category])["0201"]]


def rotate() -> tuple[int, int]:
    return accounts.reseal(actor=CONSOLE), deliveries.reseal(actor=CONSOLE, category=load().categories["0201"])


def test_everything_is_sealed_anew_and_reads_as_before(officer: User) -> None:
    before, digest = shown(), officer.phone_digest
    batch = next(iter((quarantine.place(1).parent).glob("*")))
    add_key()
    assert sealed_in(lake()) == ["v1:"]
    rows, files = rotate()
    assert (rows, files) == (1, 3)
    officer.refresh_from_db()
    assert (officer.phone[:3], officer.phone_digest) == ("v2:", digest)
    assert keyring().decrypt(officer.phone) == PHONE
    assert sealed_in(lake()) == ["v2:"]
    assert sealed_in(sorted(batch.glob("*.parquet"))) == ["v2:"]
    assert shown() == before
    assert [r.value for r in refused.rows(int(batch.name), 10, 0)] == ["91330100799655058C", "二〇二〇年"]
    assert Entry.objects.filter(action="keys.reseal").count() == 2


def test_a_second_rotation_finds_nothing(officer: User) -> None:
    add_key()
    rotate()
    version = LakeTable(load().categories["0201"]).version()
    assert rotate() == (0, 0)
    assert LakeTable(load().categories["0201"]).version() == version


def test_a_rotation_cut_short_after_the_lake_makes_the_documents_the_next_time(
    officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, whole = shown(), projection.rebuild
    add_key()

    def cut(category: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(projection, "rebuild", cut)
    with pytest.raises(KeyboardInterrupt):
        rotate()
    made: list[object] = []
    monkeypatch.setattr(projection, "rebuild", lambda category: made.append(whole(category)))
    assert rotate() == (0, 2)
    assert len(made) == 1
    assert shown() == before
    assert rotate() == (0, 0)


def test_the_columns_that_are_sealed_anew_exist() -> None:

    named = {(apps.get_model(label), column) for label, columns in accounts.SEALED.items() for column in columns}
    for model, column in named:
        assert isinstance(model._meta.get_field(column), models.CharField | models.TextField | models.JSONField)
        assert model._meta.db_table in connection.introspection.table_names()
