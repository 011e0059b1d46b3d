"""A department's own deliveries, and no other's."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jiahe.accounts.enums import OrganisationKind, Role
from jiahe.gathering.models import Batch
from tests.people import organisation, person, sign_in
from tests.portals.files import gathered

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def clerk(client: Client, tmp_path: Path) -> Client:
    """Of the department that delivers category 0201; 0101 is another's."""
    gathered(tmp_path)
    sign_in(client, person("clerk", Role.DEPARTMENT_CLERK, organisation("02", OrganisationKind.DEPARTMENT, "税务局")))
    return client


def batch(category: str) -> Batch:
    return Batch.objects.get(category=category)


def test_home_shows_own_categories_and_own_deliveries_only(clerk: Client) -> None:
    text = clerk.get("/department/").content.decode()
    assert "<h1>税务局</h1>" in text
    assert "提供信息 10 类" in text
    assert f'href="/department/batches/{batch("0201").pk}/"' in text
    assert "市场主体登记信息" not in text
    assert f'/batches/{batch("0101").pk}/"' not in text


def test_a_delivery_says_what_became_of_it(clerk: Client) -> None:
    text = clerk.get(f"/department/batches/{batch('0201').pk}/").content.decode()
    assert "纳税人基础信息" in text
    assert "这一批次的记录全部通过检查。" in text


@pytest.mark.parametrize("page", ["", "quarantine.xlsx"])
def test_anothers_delivery_is_not_found_like_one_that_does_not_exist(clerk: Client, page: str) -> None:
    others = clerk.get(f"/department/batches/{batch('0101').pk}/{page}")
    unknown = clerk.get(f"/department/batches/999999/{page}")
    assert (others.status_code, others.content) == (404, unknown.content)


def test_what_came_from_outside_is_no_departments(clerk: Client) -> None:
    found = batch("0201")
    Batch.objects.filter(pk=found.pk).update(outside="province")
    assert clerk.get(f"/department/batches/{found.pk}/").status_code == 404


def test_thirty_deliveries_take_no_more_queries_than_one(
    clerk: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    clerk.get("/department/")
    with django_assert_num_queries(5):
        clerk.get("/department/")
    one = batch("0201")
    for _ in range(29):
        one.pk = None
        one.save(force_insert=True)
    with django_assert_num_queries(5):
        text = clerk.get("/department/").content.decode()
    assert 'href="?page=2"' in text
