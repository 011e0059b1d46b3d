"""An enterprise whose representative is signed in, and four banks with their people."""

from __future__ import annotations

import pytest
from django.test import Client


@pytest.fixture(autouse=True)
def scene(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.financing.scene import settle

    monkeypatch.setenv("JIAHE_NOW", "2026-11-25T10:00")
    settle()


@pytest.fixture
def boss(client: Client, scene: None) -> Client:
    from jiahe.accounts.models import User
    from tests.people import sign_in

    sign_in(client, User.objects.get(login="owner-1"))
    return client


@pytest.fixture
def clerk(client: Client, scene: None) -> Client:
    """Somebody of the enterprise who does not decide."""
    from jiahe.accounts.enums import Role
    from tests.consent.scene import COMPANY
    from tests.people import enterprise, person, sign_in

    sign_in(client, person("clerk", Role.ENTERPRISE_MEMBER, enterprise(COMPANY.uscc)))
    return client
