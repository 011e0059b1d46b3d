"""Home and one's own file."""

from __future__ import annotations

import pytest
from django.test import Client

from jiahe.accounts.enums import Role
from jiahe.audit.models import AccessLog
from jiahe.consent.actions.ask import ask
from tests.consent.scene import COMPANY, manager, terms
from tests.people import enterprise, person, sign_in
from tests.profiles.files import ORDINARY, WRITTEN, hold

pytestmark = pytest.mark.django_db(databases="__all__")


def test_home_says_first_what_waits(boss: Client) -> None:
    assert "待您决定" not in boss.get("/enterprise/").content.decode()
    number = ask(actor=manager(), uscc=COMPANY.uscc, terms=terms()).number
    text = boss.get("/enterprise/").content.decode()
    assert f'href="/enterprise/consents/{number}/"' in text
    assert "请求为“贷前审查”查看 2 类信息" in text
    assert "还没有别的单位看过" in text


def test_ones_own_file_is_read_for_that_purpose_and_logged(boss: Client) -> None:
    hold(ORDINARY, COMPANY.serial, {})
    text = boss.get("/enterprise/file/").content.decode()
    assert "查看目的：查阅本企业信息。" in text
    assert 'href="/enterprise/file/operations/"' in text
    row = AccessLog.objects.get()
    assert (row.purpose, row.organisation, row.serial) == ("own", COMPANY.uscc, COMPANY.serial)


def test_what_is_a_persons_is_shown_to_the_person_only(boss: Client) -> None:
    hold(WRITTEN, COMPANY.serial, {})
    page = f"/enterprise/file/categories/{WRITTEN}/"
    assert "1 条记录" in boss.get(page).content.decode()
    sign_in(boss, person("clerk", Role.ENTERPRISE_MEMBER, enterprise(COMPANY.uscc)))
    text = boss.get(page).content.decode()
    assert "0 条记录" in text
    assert "需本人书面同意" in text


@pytest.mark.parametrize("path", ["weather/", "categories/9999/"])
def test_what_does_not_exist_is_not_found_and_not_logged(boss: Client, path: str) -> None:
    assert boss.get(f"/enterprise/file/{path}").status_code == 404
    assert AccessLog.objects.count() == 0
