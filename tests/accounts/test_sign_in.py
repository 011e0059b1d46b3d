"""Who is let in, who is not, and that nobody learns which logins exist."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from jiahe.accounts.models import SignInAttempts, User
from tests.people import PASSWORD, sign_in

REFUSED = "登录名或密码不正确：请核对后重试。连续 5 次不正确将暂停登录 15 分钟。"


def attempt(client: Client, login: str, password: str, goal: str = "") -> tuple[int, str]:
    """The status, and the refusing sentence or the address that one is sent to."""
    response = client.post("/sign-in/", {"login": login, "password": password, "next": goal})
    if response.status_code == 302:
        return 302, response["Location"]
    form = response.context["form"]
    return response.status_code, form.non_field_errors()[0] if form.non_field_errors() else ""


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_right_password_opens_a_session_under_a_new_key(client: Client, officer: User) -> None:
    client.get("/sign-in/")
    session = client.session
    session["before"] = True
    session.save()
    before = session.session_key

    assert attempt(client, "officer", PASSWORD, "/authority/gathering/") == (302, "/authority/gathering/")
    assert client.session["_auth_user_id"] == str(officer.pk)
    assert client.session.session_key != before


@pytest.mark.parametrize(
    "goal", ["https://example.org/", "//example.org", "javascript:alert(1)", "/\\example.org", "http:///example.org"]
)
def test_goal_outside_this_site_is_dropped(client: Client, officer: User, goal: str) -> None:
    assert attempt(client, "officer", PASSWORD, goal) == (302, "/")


def test_wrong_password_unknown_login_and_closed_account_are_answered_alike(client: Client, officer: User) -> None:
    assert attempt(client, "officer", "wrong") == (401, REFUSED)
    assert attempt(client, "nobody", "wrong") == (401, REFUSED)
    User.objects.filter(pk=officer.pk).update(is_active=False)
    assert attempt(client, "officer", PASSWORD) == (401, REFUSED)
    assert not signed_in(client)


@pytest.mark.parametrize("login", ["officer", "nobody"])
def test_login_rests_after_five_failures_whether_it_exists_or_not(
    client: Client, officer: User, at: Callable[[str], None], login: str
) -> None:
    for _ in range(5):
        assert attempt(client, login, "wrong") == (401, REFUSED)
    at("09:05")
    assert attempt(client, login, PASSWORD) == (429, "连续多次未能登录：该登录名已暂停登录，请在 10 分钟后重试。")
    assert not signed_in(client)
    at("09:14:30")
    assert attempt(client, login, PASSWORD) == (429, "连续多次未能登录：该登录名已暂停登录，请在 1 分钟后重试。")


def test_rest_ends_and_success_forgets_the_failures(client: Client, officer: User, at: Callable[[str], None]) -> None:
    for _ in range(5):
        attempt(client, "officer", "wrong")
    at("09:15")
    assert attempt(client, "officer", PASSWORD) == (302, "/")
    assert SignInAttempts.objects.count() == 0


def test_what_was_typed_as_login_is_kept_only_as_a_digest(client: Client, officer: User) -> None:
    attempt(client, PASSWORD, "")
    attempt(client, PASSWORD, "wrong")
    kept = SignInAttempts.objects.get()
    assert len(kept.login_digest) == 64
    assert PASSWORD not in kept.login_digest


def test_empty_form_is_not_an_attempt(client: Client, officer: User) -> None:
    response = client.post("/sign-in/", {"login": "", "password": ""})
    assert response.status_code == 422
    assert response.context["form"].errors == {"login": ["请输入登录名。"], "password": ["请输入密码。"]}
    assert SignInAttempts.objects.count() == 0


def test_page_of_somebody_signed_in_leads_on(client: Client, officer: User) -> None:
    sign_in(client, officer)
    response = client.get("/sign-in/?next=/authority/")
    assert (response.status_code, response["Location"]) == (302, "/authority/")


def test_leaving_needs_a_post_and_ends_the_session(client: Client, officer: User) -> None:
    sign_in(client, officer)
    assert client.get("/sign-out/").status_code == 405
    assert signed_in(client)
    assert client.post("/sign-out/")["Location"] == "/sign-in/"
    assert not signed_in(client)
