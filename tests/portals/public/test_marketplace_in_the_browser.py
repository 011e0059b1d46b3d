"""A visitor at a real browser chooses, compares, and comes to the sign-in page with the product in mind."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from tests.products.shelf import on_shelf
from tools.browser import browsing, chromium, complaints, signed_in

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(chromium() is None, reason="needs Chromium: make setup-tests installs it"),
]


@pytest.fixture
def browser(live_server: LiveServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    """Playwright runs a loop in this thread, which Django minds."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    on_shelf(
        "P1", name="纳税贷", variant={"guarantees": ["credit"], "amount_to": Decimal(3_000_000)}, regions=["330421"]
    )
    on_shelf("P2", name="厂房贷", variant={"guarantees": ["mortgage"], "amount_to": Decimal(9_000_000)})
    with browsing() as browser:
        yield browser


def test_choices_swap_the_list_and_the_address_and_back_brings_the_page_before(
    browser: Browser, live_server: LiveServer
) -> None:
    page = signed_in(browser, live_server.url, "wide", None)
    blocked = complaints(page)
    page.goto("/marketplace/")
    page.locator("#unsecured-1").check()
    expect(page).to_have_url(f"{live_server.url}/marketplace/?unsecured=1")
    expect(page.locator("#found-count")).to_have_text("1 个产品")
    expect(page.locator("#unsecured-1")).to_be_focused()
    page.get_by_role("link", name="加入对比").click()
    expect(page).to_have_url(f"{live_server.url}/marketplace/?unsecured=1&p=P1")
    page.go_back()
    page.go_back()
    expect(page.get_by_role("heading", name="融资超市")).to_be_visible()
    expect(page.locator("#found-count")).to_have_text("2 个产品")
    assert blocked == []


def test_the_sheet_on_the_phone_and_the_way_to_apply(browser: Browser, live_server: LiveServer) -> None:
    page = signed_in(browser, live_server.url, "phone", None)
    page.goto("/marketplace/")
    expect(page.locator(".rail")).to_be_hidden()
    page.locator(".market__open summary").click()
    page.locator("#guarantee-mortgage").check()
    show = page.get_by_role("button", name="查看 1 个产品")
    expect(show).to_be_visible()
    show.click()
    expect(page).to_have_url(f"{live_server.url}/marketplace/?guarantee=mortgage")
    expect(page.locator(".rail")).to_be_hidden()
    page.get_by_role("link", name="厂房贷").click()
    page.get_by_role("link", name="申请并授权").click()
    expect(page).to_have_url(f"{live_server.url}/sign-in/?next=/enterprise/requests/new/%3Fproduct%3DP2")
