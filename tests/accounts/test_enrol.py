"""Accounts are given once, and their passwords are not kept."""

from __future__ import annotations

import pytest

from jiahe.accounts.actions.enrol import authority, enrol
from jiahe.accounts.enums import Role
from jiahe.accounts.errors import LoginTaken, RoleNotOfKind
from jiahe.accounts.models import Organisation, User
from jiahe.audit.models import Entry
from jiahe.kit.actor import Actor
from tests.people import PASSWORD


def test_account_says_who_gave_it_and_holds_no_password(officer: User) -> None:
    membership = officer.memberships.get()
    assert (officer.login, officer.created_by) == ("officer", "system")
    assert (membership.role, membership.organisation.code, membership.state) == ("data_officer", "authority", "active")
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
            organisation=authority("测试主管部门"),
        )
    assert refused.value.sentence == "登录名“officer”已被使用：请换一个。"
    kept = User.objects.get()
    assert (kept.name, kept.memberships.get().role) == ("测试员", "data_officer")


def test_authority_is_made_once(db: None) -> None:
    assert authority("甲").pk == authority("乙").pk
    assert Organisation.objects.get().name == "甲"


def test_role_of_another_kind_of_organisation_is_refused(db: None) -> None:
    with pytest.raises(RoleNotOfKind) as refused:
        enrol(
            actor=Actor.system(),
            login="stray",
            name="某人",
            role=Role.ACCOUNT_MANAGER,
            password=PASSWORD,
            organisation=authority("甲"),
        )
    assert refused.value.sentence == "“客户经理”不是主管部门的角色：请在该单位的角色中选择。"
    assert User.objects.count() == 0
    assert Entry.objects.count() == 0
