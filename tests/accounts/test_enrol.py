"""Accounts are given once, and their passwords are not kept."""

from __future__ import annotations

import pytest

from jiahe.accounts.actions.enrol import authority, enrol
from jiahe.accounts.enums import Role
from jiahe.accounts.errors import LoginTaken
from jiahe.accounts.models import Organisation, User
from jiahe.kit.actor import Actor
from tests.people import PASSWORD


def test_account_says_who_gave_it_and_holds_no_password(officer: User) -> None:
    assert (officer.login, officer.role, officer.organisation.code, officer.created_by) == (
        "officer",
        "data_officer",
        "authority",
        "system",
    )
    assert PASSWORD not in officer.password
    assert officer.check_password(PASSWORD)


def test_login_is_given_once(officer: User) -> None:
    with pytest.raises(LoginTaken) as refused:
        enrol(
            actor=Actor.system(),
            login="officer",
            name="另一人",
            role=Role.SUPERVISOR,
            password=PASSWORD,
            organisation=officer.organisation,
        )
    assert refused.value.sentence == "登录名“officer”已被使用：请换一个。"
    kept = User.objects.get()
    assert (kept.name, kept.role) == ("测试员", "data_officer")


def test_authority_is_made_once(db: None) -> None:
    assert authority("甲").pk == authority("乙").pk
    assert Organisation.objects.get().name == "甲"
