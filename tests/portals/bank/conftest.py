"""Enterprises, and an account manager of one of two banks who is signed in."""

from __future__ import annotations

import pytest
from django.test import Client


@pytest.fixture(autouse=True)
def scene(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.consent.scene import COMPANY, OTHER, bank, settle

    monkeypatch.setenv("JIAHE_NOW", "2026-11-25T10:00")
    settle(COMPANY, OTHER)
    bank("bank-b")


@pytest.fixture
def teller(client: Client, scene: None) -> Client:
    from jiahe.accounts.models import User
    from tests.people import sign_in

    sign_in(client, User.objects.get(login="manager-bank-a"))
    return client
