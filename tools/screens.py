"""Photograph pages of a running Jiahe at 1280 and 390 pixels: `tools/screens.py --password … --out build/screens PATH…`."""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
SIZES: dict[str, ViewportSize] = {"wide": {"width": 1280, "height": 800}, "phone": {"width": 390, "height": 844}}
SIGN_IN = "/sign-in/"


def main() -> None:
    asked = _arguments()
    asked.out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=asked.chromium, args=FLAGS)
        troubles = [t for size in SIZES for t in _photograph(browser, size, asked)]
        browser.close()
    print("\n".join(troubles), file=sys.stderr)
    sys.exit(1 if troubles else 0)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", default="http://127.0.0.1:8000")
    parser.add_argument("--login", default="officer")
    parser.add_argument("--password", required=True)
    parser.add_argument("--out", type=Path, default=Path("build/screens"))
    parser.add_argument("--chromium", default=CHROMIUM)
    parser.add_argument("--first-screen", action="store_true", help="only what fits without scrolling")
    parser.add_argument("paths", nargs="+")
    return parser.parse_args()


def _photograph(browser: Browser, size: str, asked: argparse.Namespace) -> list[str]:
    """One picture for each path; gives what the browser complained of, content security policy included."""
    context = browser.new_context(viewport=SIZES[size], base_url=asked.url, locale="zh-CN")
    page = context.new_page()
    troubles: list[str] = []
    page.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.goto(SIGN_IN)
    _save(page, "sign-in", size, asked)
    page.get_by_label("登录名").fill(asked.login)
    page.get_by_label("密码").fill(asked.password)
    page.get_by_role("button", name="登录").click()
    page.wait_for_load_state()
    for path in asked.paths:
        page.goto(path)
        page.wait_for_load_state("networkidle")
        _save(page, re.sub(r"\W+", "-", path).strip("-"), size, asked)
    context.close()
    return [f"{size}: {trouble}" for trouble in troubles]


def _save(page: Page, name: str, size: str, asked: argparse.Namespace) -> None:
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if overflow > 0:
        print(f"{size} {name}: {overflow} px wider than the screen", file=sys.stderr)
    page.screenshot(path=asked.out / f"{name}.{size}.png", full_page=not asked.first_screen)


if __name__ == "__main__":
    main()
