"""An enterprise whose representative is signed in, in a city in which a bank lends by points."""

from __future__ import annotations

import pytest
from django.test import Client


@pytest.fixture(autouse=True)
def scene(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.financing.precredit.scene import city

    monkeypatch.setenv("JIAHE_NOW", "2026-11-25T10:00")
    city()


@pytest.fixture
def boss(client: Client, scene: None) -> Client:
    from jiahe.accounts.models import User
    from tests.people import sign_in

    sign_in(client, User.objects.get(login="owner-1"))
    return client
