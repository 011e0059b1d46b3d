"""The score in a real browser: the enterprise reads it, agrees that a bank sees it, asks a person to look, and is answered.

With PICTURES set to a folder each step is photographed into it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from jiahe.accounts.models import User
from jiahe.creditfile.models import Enterprise
from jiahe.scoring.actions.answer_review import answer_review
from jiahe.scoring.models import ScoreReview
from tests.consent.scene import COMPANY, OTHER, bank, given, monthly, settle
from tests.people import sign_in
from tests.profiles.files import SEPARATE, hold
from tests.scoring.officers import officers
from tests.scoring.told import UNSCORED, settle_score, tell
from tools.browser import SIZES, browsing, chromium, complaints, faults

pytestmark = [
    pytest.mark.django_db(transaction=True, databases="__all__"),
    pytest.mark.skipif(chromium() is None, reason="needs Chromium: make setup-tests installs it"),
]
PICTURES = os.environ.get("PICTURES", "")
SHOWN = "712"


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    """Playwright runs a loop in this thread, which Django minds."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with browsing() as found:
        yield found


class Reader:
    """One person's browser; of every page: nothing serious for axe, nothing wider than the screen, nothing blocked."""

    def __init__(self, browser: Browser, server: LiveServer, size: str, login: str) -> None:
        client = Client()
        sign_in(client, User.objects.get(login=login))
        context = browser.new_context(base_url=server.url, viewport=SIZES[size], locale="zh-CN")
        context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": server.url}])
        self.page: Page = context.new_page()
        self.site, self.size, self.login, self.blocked = server.url, size, login, complaints(self.page)

    def opens(self, address: str, name: str) -> Page:
        self.page.goto(address)
        self.looks(name)
        return self.page

    def looks(self, name: str) -> None:
        self.page.wait_for_load_state("networkidle")
        assert faults(self.page) == [], name
        assert self.blocked == [], name
        if PICTURES:
            place = Path(PICTURES) / f"score-{name}-{self.login}-{self.size}.png"
            place.parent.mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=place, full_page=True)


@pytest.mark.parametrize("size", ["wide", "phone"])
def test_the_whole_way(browser: Browser, live_server: LiveServer, size: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIAHE_NOW", "2026-11-25T10:00")
    settle(COMPANY, OTHER)
    here = officers()
    settle_score()
    tell(OTHER.serial, **UNSCORED)
    Enterprise.objects.update(industry="17")
    hold(SEPARATE, COMPANY.serial, {})
    bank("bank-b")
    boss, teller = Reader(browser, live_server, size, "owner-1"), Reader(browser, live_server, size, "manager-bank-a")
    _without_consent(teller)
    _own(boss)
    given(monthly(categories=("9001", SEPARATE)))
    page = teller.opens(f"/bank/enterprises/{COMPANY.uscc}/post_loan/", "bank-file")
    expect(page.locator(".dial__score")).to_have_text(SHOWN)
    expect(page.get_by_text("前 12.4 %")).to_be_visible()
    _review(boss, Reader(browser, live_server, size, "first"))
    review = ScoreReview.objects.get()
    answer_review(actor=here.first, number=review.pk, text="该罚款尚未撤销，请向作出处罚的单位核对。")
    expect(boss.opens("/enterprise/score/", "answered").get_by_text("该罚款尚未撤销")).to_be_visible()
    other = Reader(browser, live_server, size, "owner-3").opens("/enterprise/score/", "unscored")
    expect(other.get_by_role("heading", name="贵企业现在没有评分")).to_be_visible()


def _without_consent(teller: Reader) -> None:
    page = teller.opens(f"/bank/enterprises/{COMPANY.uscc}/post_loan/", "bank-closed")
    expect(page.locator(".dial__score")).to_have_count(0)
    page.get_by_role("link", name="申请授权 信用评分与行业排名").click()
    expect(page.get_by_label("信用评分与行业排名")).to_be_checked()
    teller.looks("ask")


def _own(boss: Reader) -> None:
    page = boss.opens("/enterprise/", "home")
    page.locator('a[href="/enterprise/score/"]').click()
    expect(page.locator(".dial__score")).to_have_text(SHOWN)
    page.get_by_text("近36个月行政处罚罚款：0.12 万元").click()
    boss.looks("own")
    boss.opens("/enterprise/file/", "file")
    boss.opens("/enterprise/requests/new/", "apply")
    for language in ("en", "zh-hans"):
        page.context.add_cookies([{"name": "django_language", "value": language, "url": boss.site}])
        boss.opens("/enterprise/score/", f"own-{language}")
        expect(page.locator("html")).to_have_attribute("lang", language)


def _review(boss: Reader, officer: Reader) -> None:
    page = boss.page
    page.get_by_label("认为评分不对的地方").fill("罚款已经撤销")
    page.get_by_role("button", name="申请人工复核").click()
    expect(page.get_by_text("已申请人工复核")).to_be_visible()
    boss.looks("asked")
    page = officer.opens("/authority/reviews/", "reviews")
    page.get_by_role("link", name="罚款已经撤销").click()
    expect(page.locator(".dial__score")).to_have_text(SHOWN)
    officer.looks("review")
