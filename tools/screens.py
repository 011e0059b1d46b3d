"""Photograph the pages of every portal at 1280 and 390 pixels, in both languages, and ask axe about each.

Without `--url` it makes a small city of its own below build/screens, gathers it and serves it; nothing of the
developer's own installation is used. Exits 1 when a page has a serious fault.
"""

from __future__ import annotations

import argparse
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import django
from playwright.sync_api import Browser, Page

from tools.browser import browsing, complaints, faults, sign_in, signed_in
from tools.visitors import Visitor, visitors

OUT = Path("build/screens")
JIAHE = Path(sys.executable).parent / "jiahe"
CITY = ("--enterprises", "60", "--records", "60000", "--seed", "7")
STARTS_WITHIN = 30


# Size and language of each round of pictures.
ROUNDS = (("wide", "zh-hans"), ("phone", "zh-hans"), ("phone", "en"))


@dataclass(frozen=True)
class Site:
    """A running Jiahe, and who looks at which of its pages; all have the same password."""

    url: str
    password: str
    visitors: list[Visitor]


def main() -> None:
    asked = _arguments()
    OUT.mkdir(parents=True, exist_ok=True)
    with _given(asked) if asked.url else _made() as site, browsing() as browser:
        found = [fault for visitor in site.visitors for fault in _look(browser, site, visitor)]
    print("\n".join(found), file=sys.stderr)
    sys.exit(1 if found else 0)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", help="a Jiahe that runs already")
    parser.add_argument("--login", default="officer")
    parser.add_argument("--password")
    parser.add_argument("--code", help="the present code of the second factor")
    parser.add_argument("paths", nargs="*", default=["/"])
    return parser.parse_args()


@contextmanager
def _given(asked: argparse.Namespace) -> Iterator[Site]:
    code = (lambda: asked.code) if asked.code else None
    yield Site(asked.url, asked.password, [Visitor(asked.login, asked.paths, code)])


@contextmanager
def _made() -> Iterator[Site]:
    """A city of its own, gathered and served."""
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    os.environ |= {"JIAHE_HOME": str((OUT / "home").resolve()), "JIAHE_DEMO": "1"}
    os.environ |= {"DJANGO_SETTINGS_MODULE": "jiahe.settings", "DJANGO_ALLOW_ASYNC_UNSAFE": "1"}  # beside the browser
    subprocess.run([JIAHE, "city", *CITY, "--out", OUT / "inbox"], check=True)
    done = subprocess.run([JIAHE, "gather", "--inbox", OUT / "inbox"], check=False)
    if done.returncode not in (0, 1):
        sys.exit(done.returncode)
    django.setup()
    password = secrets.token_urlsafe(12)
    seen_by = visitors(password)
    port = _free_port()
    server = subprocess.Popen([JIAHE, "serve", "--port", str(port), "--processes", "1"])
    try:
        _await(port)
        yield Site(f"http://127.0.0.1:{port}", password, seen_by)
    finally:
        server.terminate()
        server.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _await(port: int) -> None:
    for _ in range(STARTS_WITHIN * 10):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    sys.exit(f"nothing answers on port {port}")


def _look(browser: Browser, site: Site, visitor: Visitor) -> list[str]:
    """Each page in every round, and what is wrong with it."""
    state = sign_in(browser, site.url, visitor.login, site.password, visitor.code) if visitor.login else None
    found = []
    for size, language in ROUNDS:
        page = signed_in(browser, site.url, size, state, language)
        found += _photograph(page, f"{visitor.login or 'nobody'}.{language}.{size}", visitor.paths)
    return found


def _photograph(page: Page, name: str, paths: list[str]) -> list[str]:
    blocked = complaints(page)
    found = []
    for path in paths:
        page.goto(path)
        page.wait_for_load_state("networkidle")
        place = re.sub(r"\W+", "-", path).strip("-") or "root"
        page.screenshot(path=OUT / f"{place}.{name}.png", full_page=True)
        found += [f"{name} {path} {fault}" for fault in faults(page)]
    page.context.close()
    return found + [f"{name} {text}" for text in blocked if "404" not in text]


if __name__ == "__main__":
    main()
