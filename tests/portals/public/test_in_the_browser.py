"""A person at a real browser: sets up the second factor, signs in with it, and with a passkey that the browser keeps."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from jiahe.accounts import second_factor
from jiahe.accounts.models import User
from tests.people import PASSWORD, data_officer
from tools.browser import browsing, chromium, complaints

pytestmark = [
    pytest.mark.django_db(transaction=True, databases="__all__"),
    pytest.mark.skipif(chromium() is None, reason="needs Chromium: make setup-tests installs it"),
]
HOME = re.compile(r"/authority/$")
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def page(live_server: LiveServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    """A browser with a device that unlocks passkeys. Playwright runs a loop in this thread, which Django minds."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    data_officer()
    with browsing() as browser:
        context = browser.new_context(base_url=live_server.url, locale="zh-CN")
        page = context.new_page()
        device = context.new_cdp_session(page)
        device.send("WebAuthn.enable")
        device.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
        yield page


def with_password(page: Page) -> None:
    page.goto("/sign-in/")
    page.get_by_label("登录名").fill("officer")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()


def next_code(secret: str) -> str:
    """The code of this moment, or, where that is spent, the one after, which a quick clock would show already."""
    _before, now, _after = second_factor.steps()
    return second_factor.code_at(secret, max(User.objects.get().last_code + 1, now))


def sign_out(page: Page) -> None:
    page.locator("details.me summary").click()
    page.get_by_role("button", name="退出登录").click()
    expect(page.get_by_role("heading", name="登录", exact=True)).to_be_visible()


def test_second_factor_and_passkey_from_first_to_last(page: Page) -> None:
    blocked = complaints(page)
    with_password(page)
    expect(page.get_by_role("heading", name="启用两步验证")).to_be_visible()
    page.goto("/authority/")
    expect(page).to_have_url(re.compile(r"/account/second-factor/\?next=%2Fauthority%2F$"))
    page.get_by_text("无法扫描？手动输入密钥").click()
    secret = "".join(page.locator("#secret").inner_text().split())
    page.get_by_label("验证码").fill(next_code(secret))
    page.get_by_role("button", name="确认启用").click()
    expect(page.locator(".recovery li")).to_have_count(10)
    page.get_by_role("link", name="已保存，继续").click()
    expect(page).to_have_url(HOME)

    page.goto("/account/passkeys/new/")
    page.get_by_label("名称").fill("测试设备")
    page.get_by_label("当前密码").fill(PASSWORD)
    page.get_by_role("button", name="创建通行密钥").click()
    expect(page.get_by_text("通行密钥“测试设备”已添加，下次可用它登录。")).to_be_visible()
    sign_out(page)

    with_password(page)
    page.get_by_label("验证码").fill("000000")
    page.get_by_role("button", name="验证并登录").click()
    expect(page.get_by_role("alert")).to_contain_text("验证码不正确或已用过")
    page.get_by_label("验证码").fill(next_code(secret))
    page.get_by_role("button", name="验证并登录").click()
    expect(page).to_have_url(HOME)
    sign_out(page)

    page.get_by_role("button", name="用通行密钥登录").click()
    expect(page).to_have_url(HOME)
    assert [text for text in blocked if "401" not in text] == []
