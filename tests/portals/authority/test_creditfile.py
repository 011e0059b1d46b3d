"""The credit file as a data officer reads it: whole, by section, by category; each reading says its purpose."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from jiahe.audit.models import AccessLog
from tests.people import data_officer, sign_in
from tests.portals.files import USCC, gathered

pytestmark = pytest.mark.django_db(databases="__all__")
ROOT = f"/authority/enterprises/{USCC}/"


@pytest.fixture
def officer(client: Client, tmp_path: Path) -> Client:
    gathered(tmp_path)
    sign_in(client, data_officer())
    return client


def test_the_whole_file_has_its_head_its_sections_and_its_purpose(officer: Client) -> None:
    page = officer.get(ROOT)
    text = page.content.decode()
    assert page.status_code == 200
    assert "<h1>甲公司</h1>" in text
    assert [f'href="{ROOT}{s}/"' in text for s in ("registration", "relations", "operations", "assets", "risks")] == [
        True
    ] * 5
    assert f'href="{ROOT}categories/0201/"' in text
    assert "查看目的：数据质量核查。本次查看（" in text


def test_htmx_is_given_the_section_alone_and_only_that_is_read(officer: Client) -> None:
    page = officer.get(f"{ROOT}risks/", headers={"HX-Request": "true"})
    assert "<h1>" not in page.content.decode()
    assert "0201" not in AccessLog.objects.get().categories


def test_one_category_says_where_it_comes_from_and_leads_back(officer: Client) -> None:
    text = officer.get(f"{ROOT}categories/0201/").content.decode()
    assert f'href="{ROOT}registration/#c0201"' in text
    assert "<dt>来源单位</dt>" in text
    assert AccessLog.objects.get().categories == ["0201"]


@pytest.mark.parametrize("path", ["weather/", "categories/9999/"])
def test_what_does_not_exist_is_not_found_and_not_logged(officer: Client, path: str) -> None:
    assert officer.get(ROOT + path).status_code == 404
    assert AccessLog.objects.count() == 0
