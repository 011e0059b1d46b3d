"""Look at pages with the installed Chromium: what axe finds serious, what is wider than the screen, what was blocked."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from playwright.sync_api import Browser, Page, StorageState, ViewportSize, sync_playwright

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
SIZES: dict[str, ViewportSize] = {"wide": {"width": 1280, "height": 800}, "phone": {"width": 390, "height": 844}}
AXE = Path(__file__).resolve().parent.parent / "node_modules/axe-core/axe.min.js"
GRAVE = ("serious", "critical")


def chromium() -> str | None:
    """Where the browser is installed."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@contextmanager
def browsing() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield browser
        browser.close()


def sign_in(
    browser: Browser, url: str, login: str, password: str, code: Callable[[], str] | None = None
) -> StorageState:
    """The cookies of a person who has just signed in, with both factors where there is a second.

    A code works once, so that one sign-in serves all.
    """
    page = browser.new_context(base_url=url, locale="zh-CN").new_page()
    page.goto("/sign-in/")
    page.get_by_label("登录名").fill(login)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录", exact=True).click()
    if code:
        page.get_by_label("验证码").fill(code())
        page.get_by_role("button", name="验证并登录").click()
    page.wait_for_url(re.compile(r"^(?!.*/sign-in/)"))
    state = page.context.storage_state()
    page.context.close()
    return state


def signed_in(browser: Browser, url: str, size: str, state: StorageState | None, language: str = "zh-hans") -> Page:
    """A page of that person, of a stranger where there is no state, in one of the two languages."""
    context = browser.new_context(
        base_url=url, viewport=SIZES[size], locale="zh-CN", timezone_id="Asia/Shanghai", storage_state=state
    )
    context.add_cookies([{"name": "django_language", "value": language, "url": url}])
    return context.new_page()


def complaints(page: Page) -> list[str]:
    """A list that fills with what the browser complains of: script errors, refused styles, missing files."""
    found: list[str] = []
    page.on("console", lambda message: found.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


def faults(page: Page) -> list[str]:
    """What is wrong with the page as it stands: findings of axe that are serious, and what sticks out of the screen."""
    page.evaluate(_axe())
    findings = page.evaluate("axe.run(document, {resultTypes: ['violations']}).then(r => r.violations)")
    grave = [
        f"{v['id']}: {node['html'][:120]} {node['failureSummary']}"
        for v in findings
        if v["impact"] in GRAVE
        for node in v["nodes"]
    ]
    return grave + _overflow(page)


def _overflow(page: Page) -> list[str]:
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [f"{wide} px wider than the screen"] if wide > 0 else []


@cache
def _axe() -> str:
    return AXE.read_text(encoding="utf-8")
