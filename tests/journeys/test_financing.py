"""The whole way in a real browser: find a product, apply and authorise, be grabbed, compare, choose, sign, be paid, evaluate.

With PICTURES set to a folder each step is photographed into it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from jiahe.accounts.models import User
from jiahe.creditfile.models import Enterprise
from jiahe.financing.actions import decide, sign, work
from jiahe.financing.models import FinancingRequest, Order
from tests.consent.scene import COMPANY
from tests.financing.scene import OFFERED, grabbed, manager, settle
from tests.people import sign_in
from tests.products.shelf import on_shelf
from tests.profiles.files import hold
from tools.browser import SIZES, browsing, chromium, complaints, faults

pytestmark = [
    pytest.mark.django_db(transaction=True, databases="__all__"),
    pytest.mark.skipif(chromium() is None, reason="needs Chromium: make setup-tests installs it"),
]
PICTURES = os.environ.get("PICTURES", "")
QUALITY = 35


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    """Playwright runs a loop in this thread, which Django minds."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with browsing() as found:
        yield found


def signed_in(browser: Browser, server: LiveServer, size: str) -> Page:
    """The owner's browser."""
    client = Client()
    sign_in(client, User.objects.get(login="owner-1"))
    context = browser.new_context(base_url=server.url, viewport=SIZES[size], locale="zh-CN")
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": server.url}])
    return context.new_page()


class Album:
    """Every step of the way: nothing serious for axe, nothing wider than the screen, a picture where one is wanted."""

    def __init__(self, page: Page, size: str) -> None:
        self.page, self.size, self.taken, self.found = page, size, 0, list[str]()

    def step(self, name: str) -> None:
        self.taken += 1
        self.page.wait_for_load_state("networkidle")
        self.found += [f"{name}: {fault}" for fault in faults(self.page)]
        if PICTURES:
            self.page.evaluate("scrollTo(0, 0)")
            place = Path(PICTURES) / f"financing-{self.taken:02}-{name}-{self.size}.jpg"
            place.parent.mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=place, type="jpeg", quality=QUALITY, full_page=True)


def fill(page: Page) -> None:
    page.get_by_label("金额（万元）").fill("100")
    page.get_by_label("期限（月）").fill("12")
    page.get_by_label("用途", exact=True).select_option("working_capital")
    page.get_by_label("信用", exact=True).check()
    page.get_by_label("联系人").fill("财务")
    page.get_by_label("联系电话").fill("13800138000")
    page.get_by_label("同意提供以下").check()
    page.get_by_label("纳税申报与销售收入").check()
    page.get_by_label("由本企业自行申请").check()
    expect(page.locator("#agreement")).to_contain_text("单独授权：纳税申报与销售收入。", timeout=15_000)


@pytest.mark.parametrize("size", ["wide", "phone"])
def test_the_whole_way(browser: Browser, live_server: LiveServer, size: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIAHE_NOW", "2026-11-25T10:00")
    settle()
    Enterprise.objects.update(industry="17")
    hold("0101", COMPANY.serial, {})
    on_shelf("P1", institution="bank-d", name="演示信用贷", variant={"amount_to": 3_000_000, "guarantees": ["credit"]})
    for number, bank in (("P2", "bank-a"), ("P3", "bank-b"), ("P4", "bank-c")):
        on_shelf(number, institution=bank)
    page = signed_in(browser, live_server, size)
    blocked, album = complaints(page), Album(page, size)
    _a_product_in_three_clicks_and_one_more(page, album)
    request = _an_open_request(page, album)
    orders = [grabbed(request, f"bank-{one}") for one in "abc"]
    expect(page.get_by_text("客户经理")).to_have_count(3, timeout=15_000)
    album.step("grabbed")
    _documents(page, album, orders[0])
    _offers(page, album, orders)
    _contract_and_money(page, album, orders[0])
    _evaluation(page, album)
    assert album.found == []
    assert blocked == []


def _a_product_in_three_clicks_and_one_more(page: Page, album: Album) -> None:
    page.goto("/enterprise/")
    page.get_by_role("link", name="融资超市").first.click()
    album.step("marketplace")
    page.get_by_role("link", name="演示信用贷").first.click()
    album.step("product")
    page.get_by_role("link", name="申请并授权").first.click()
    fill(page)
    album.step("product-form")
    page.get_by_role("button", name="申请并授权").click()
    expect(page.get_by_text("申请已提交")).to_be_visible()
    album.step("product-sent")


def _an_open_request(page: Page, album: Album) -> FinancingRequest:
    page.get_by_role("link", name="融资", exact=True).first.click()
    album.step("requests")
    page.get_by_role("link", name="公开征集").first.click()
    fill(page)
    page.get_by_label("测试bank-d").uncheck()
    expect(page.locator("#agreement")).not_to_contain_text("测试bank-d", timeout=15_000)
    album.step("open-form")
    page.get_by_role("button", name="申请并授权").click()
    expect(page.get_by_text("还没有机构接单")).to_be_visible()
    album.step("open-sent")
    return FinancingRequest.objects.get(mode="grab")


def _documents(page: Page, album: Album, order: Order) -> None:
    work.contacted(actor=manager(), number=order.number)
    work.ask_more(actor=manager(), number=order.number, wanted="近三年财务报表")
    expect(page.get_by_text("近三年财务报表")).to_be_visible(timeout=15_000)
    album.step("documents")
    page.locator("summary", has_text="材料已补充").click()
    page.get_by_role("button", name="确认已补充").click()
    expect(page.get_by_text("已告知机构材料已补充")).to_be_visible()


def _offers(page: Page, album: Album, orders: list[Order]) -> None:
    for order, rate in zip(orders, ("3.65", "3.85", "4.1"), strict=True):
        who = manager(order.institution.code)
        if order is not orders[0]:
            work.contacted(actor=who, number=order.number)
        work.review(actor=who, number=order.number)
        decide.offer(actor=who, number=order.number, terms=replace(OFFERED, rate=Decimal(rate), fees=Decimal(1_000)))
    expect(page.locator("#offers thead th")).to_have_count(4, timeout=15_000)
    album.step("offers")
    page.locator("#offers summary", has_text="接受").first.click()
    album.step("choosing")
    page.get_by_role("button", name="确认接受").first.click()
    expect(page.get_by_text("已接受方案")).to_be_visible()
    album.step("chosen")


def _contract_and_money(page: Page, album: Album, order: Order) -> None:
    sign.sign(actor=manager(), number=order.number, contract="HT-2026-001", amount=Decimal(800_000))
    expect(page.get_by_text("HT-2026-001")).to_be_visible(timeout=15_000)
    album.step("signed")
    for voucher, amount in (("1", 300_000), ("2", 500_000)):
        sign.disburse(
            actor=manager(), number=order.number, amount=Decimal(amount), paid_on=date(2026, 11, 25), voucher=voucher
        )
    expect(page.get_by_text("第 2 笔放款")).to_be_visible(timeout=15_000)
    album.step("paid")


def _evaluation(page: Page, album: Album) -> None:
    page.locator("summary", has_text="评价这次办理").first.click()
    page.get_by_label("5", exact=True).first.check()
    page.get_by_label("响应快").first.check()
    page.get_by_role("button", name="提交评价").first.click()
    expect(page.get_by_text("评价已提交")).to_be_visible()
    album.step("evaluated")
