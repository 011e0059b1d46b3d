"""How often one address and one login may ask, whatever becomes of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client, RequestFactory, override_settings

from jiahe.accounts import limits
from jiahe.accounts.errors import TooMany
from jiahe.accounts.models import Tally, User
from tests.people import PASSWORD


@pytest.mark.parametrize(("by", "allowed"), [("address", 300), ("login", 30)])
def test_after_so_many_there_is_a_pause_and_then_it_goes_on(
    db: None, at: Callable[[str], None], by: str, allowed: int
) -> None:
    for _ in range(allowed):
        limits.take("sign_in", **{by: "one"})
    at("09:20")
    with pytest.raises(TooMany) as refused:
        limits.take("sign_in", **{by: "one"})
    assert refused.value.sentence == "操作过于频繁：请在 40 分钟后重试。"
    limits.take("sign_in", **{by: "another"})
    at("10:00")
    limits.take("sign_in", **{by: "one"})


def test_what_is_counted_is_kept_as_a_digest_and_forgotten_after_a_day(
    db: None, at: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    limits.take("sign_in", address="192.0.2.1")
    assert len(Tally.objects.get().key) == 64
    monkeypatch.setenv("JIAHE_NOW", "2026-11-24T09:00")
    limits.take("sign_in", address="192.0.2.2")
    assert Tally.objects.count() == 1


def test_the_sign_in_page_says_so_with_429(client: Client, officer: User, at: Callable[[str], None]) -> None:
    for _ in range(30):
        client.post("/sign-in/", {"login": "officer", "password": PASSWORD})
        client.post("/sign-out/")
    answer = client.post("/sign-in/", {"login": "officer", "password": PASSWORD})
    assert answer.status_code == 429
    assert "操作过于频繁：请在 60 分钟后重试。" in answer.content.decode()
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    ("direct", "forwarded", "behind", "expected"),
    [
        ("192.0.2.1", "", False, "192.0.2.1"),
        ("192.0.2.1", "198.51.100.7", False, "192.0.2.1"),
        ("192.0.2.1", "203.0.113.9, 198.51.100.7", True, "198.51.100.7"),
        ("192.0.2.1", "nonsense", True, "192.0.2.1"),
        ("2001:db8:1:2:3::4", "", False, "2001:db8:1:2::/64"),
    ],
)
def test_the_address_is_the_nearest_that_can_be_trusted(
    direct: str, forwarded: str, behind: bool, expected: str
) -> None:
    request = RequestFactory().get("/", REMOTE_ADDR=direct, headers={"X-Forwarded-For": forwarded} if forwarded else {})
    with override_settings(BEHIND_PROXY=behind):
        assert limits.address_of(request) == expected
