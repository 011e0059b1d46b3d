"""An enterprise, four banks with their people, and an account manager who is signed in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

Enter = Callable[[str], Client]


@pytest.fixture(autouse=True)
def scene(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the place of the one that the pages of consents use."""
    from tests.financing.scene import settle

    monkeypatch.setenv("JIAHE_NOW", "2026-11-25T10:00")
    settle()


@pytest.fixture
def enter(scene: None) -> Enter:
    """A client signed in as somebody."""
    from jiahe.accounts.models import User
    from tests.people import sign_in

    def entered(login: str) -> Client:
        client = Client()
        sign_in(client, User.objects.get(login=login))
        return client

    return entered


@pytest.fixture
def teller(enter: Enter) -> Client:
    return enter("manager-bank-a")
