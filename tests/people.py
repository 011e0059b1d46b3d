"""People who use the platform in tests."""

from __future__ import annotations

from jiahe.accounts.actions.enrol import authority, enrol
from jiahe.accounts.enums import Role
from jiahe.accounts.models import User
from jiahe.kit.actor import Actor

PASSWORD = "paddy-and-grain-21"


def data_officer() -> User:
    """A data officer of the authority, who signs in as `officer`."""
    return enrol(
        actor=Actor.system(),
        login="officer",
        name="测试员",
        role=Role.DATA_OFFICER,
        password=PASSWORD,
        organisation=authority("测试主管部门"),
    )
