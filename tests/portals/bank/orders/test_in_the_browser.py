"""An account manager at a real browser: by keyboard through the pool and the orders, and nothing reloads the page."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from jiahe.financing.models import Order
from tests.financing.scene import grabbed, submitted
from tools.browser import browsing, chromium, complaints

pytestmark = [
    pytest.mark.django_db(transaction=True, databases="__all__"),
    pytest.mark.skipif(chromium() is None, reason="needs Chromium: make setup-tests installs it"),
]


@pytest.fixture
def page(live_server: LiveServer, teller: Client, monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    """Playwright runs a loop in this thread, which Django minds."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    session = teller.cookies[settings.SESSION_COOKIE_NAME].value
    with browsing() as browser:
        context = browser.new_context(base_url=live_server.url, locale="zh-CN")
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
        yield context.new_page()


def stay(page: Page) -> None:
    """From now on a reload would be noticed."""
    page.evaluate("window.stayed = true")


def test_a_lost_race_is_told_in_place(page: Page) -> None:
    blocked, request = complaints(page), submitted()
    page.goto("/bank/pool/")
    stay(page)
    page.keyboard.press("j")
    page.keyboard.press("g")
    expect(page.get_by_label("意向金额（万元）")).to_be_focused()
    page.get_by_label("意向年利率（%）").fill("99")
    page.keyboard.press("Enter")
    expect(page.locator(".pool .note")).to_have_text("“意向年利率”填写有误：应在 0 与 36 之间。")
    for code in ("bank-b", "bank-c", "bank-d"):
        grabbed(request, code)
    page.get_by_label("意向年利率（%）").fill("3.9")
    page.keyboard.press("Enter")
    expect(page.locator(".pool > li")).to_have_text("该需求的 3 个名额已于 11-25 10:00:00 满，未能接单：请看其他需求。")
    assert page.evaluate("window.stayed")
    assert [text for text in blocked if "422" not in text and "409" not in text] == []


def test_an_order_is_opened_and_handled_without_a_reload(page: Page) -> None:
    blocked, order = complaints(page), grabbed(submitted())
    page.goto("/bank/orders/")
    stay(page)
    page.get_by_label("阶段").select_option("signing")
    expect(page.get_by_role("heading", name="没有这样的订单")).to_be_visible()
    page.get_by_label("阶段").select_option("diligence")
    expect(page.get_by_role("link", name="甲公司")).to_be_visible()
    assert page.evaluate("window.stayed")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(rf"/bank/orders/{order.number}/$"))
    stay(page)
    page.get_by_role("button", name="显示姓名和电话").click()
    expect(page.locator("#contact")).to_contain_text("13800138000")
    page.get_by_role("button", name="已联系企业").click()
    expect(page.locator("#order > .note")).to_have_text("已办理。")
    page.locator("summary", has_text="不予授信").click()
    page.get_by_role("button", name="不予授信").click()
    expect(page.locator(".note--danger")).to_have_count(2)
    page.locator("#refuse-reason").select_option("debt")
    page.locator("#refuse-text").fill("负债率高于产品要求")
    page.keyboard.press("Enter")
    expect(page.locator("#order > .note")).to_have_text("已告知企业。")
    assert page.evaluate("window.stayed")
    assert Order.objects.get().state == "refused"
    assert [text for text in blocked if "422" not in text] == []
