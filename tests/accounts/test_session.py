"""A session left alone ends, for pages and for parts of pages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from jiahe.accounts.models import User
from tests.people import sign_in

PAGE = "/authority/gathering/"


def test_page_without_a_session_leads_to_the_sign_in_and_back(client: Client, db: None) -> None:
    response = client.get(PAGE)
    assert (response.status_code, response["Location"]) == (302, f"/sign-in/?next={PAGE}")


def test_part_of_a_page_without_a_session_sends_the_whole_browser_there(client: Client, db: None) -> None:
    response = client.get(PAGE, headers={"HX-Request": "true"})
    assert (response.status_code, response["HX-Redirect"]) == (204, "/sign-in/")
    assert response.content == b""


def test_session_lives_while_it_is_used(client: Client, officer: User, at: Callable[[str], None]) -> None:
    sign_in(client, officer)
    for time in ("09:00", "09:29", "09:58", "10:27"):
        at(time)
        assert client.get(PAGE).status_code == 200


def test_session_ends_after_half_an_hour_and_says_why(client: Client, officer: User, at: Callable[[str], None]) -> None:
    sign_in(client, officer)
    assert client.get(PAGE).status_code == 200
    at("09:31")
    assert client.get(PAGE)["Location"] == f"/sign-in/?next={PAGE}"
    assert "_auth_user_id" not in client.session
    text = client.get("/sign-in/").content.decode()
    assert "已有 30 分钟未操作，为保护数据已自动退出：请重新登录。" in text


@pytest.mark.parametrize(("time", "writes"), [("09:00:59", False), ("09:01", True)])
def test_session_is_written_at_most_once_a_minute(
    client: Client, officer: User, at: Callable[[str], None], time: str, writes: bool
) -> None:
    sign_in(client, officer)
    client.get(PAGE)
    before = client.session["seen_at"]
    at(time)
    client.get(PAGE)
    assert (client.session["seen_at"] != before) is writes
