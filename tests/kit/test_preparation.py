import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from jiahe.kit.preparation import prepare
from tests.conftest import Installation


@pytest.mark.django_db
def test_a_database_that_is_up_to_date_is_left_alone() -> None:
    assert prepare() is False


@pytest.mark.django_db
def test_every_model_has_its_migration() -> None:
    from django.core.management import call_command

    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
    assert MigrationExecutor(connection).loader.detect_conflicts() == {}


def test_many_first_commands_at_once_prepare_one_home(installation: Installation) -> None:
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda _: installation.run("check", "--json", code=None), range(4)))
    assert [(_wrong(one.stdout), one.stderr) for one in done] == [([], "")] * 4


def _wrong(report: str) -> list[str]:
    return [one["sentence"] for one in json.loads(report)["checks"] if not one["ok"]]
