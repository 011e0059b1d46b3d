"""Photograph every page at 1280 and 390 pixels, and ask axe about each.

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
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, StorageState

from tools.browser import SIZES, browsing, complaints, faults, sign_in, signed_in

OUT = Path("build/screens")
JIAHE = Path(sys.executable).parent / "jiahe"
CITY = ("--enterprises", "60", "--records", "60000", "--seed", "7")
STARTS_WITHIN = 30


@dataclass(frozen=True)
class Site:
    """A running Jiahe, somebody who may sign in, and the pages to look at."""

    url: str
    login: str
    password: str
    code: Callable[[], str]
    paths: list[str]


def main() -> None:
    asked = _arguments()
    OUT.mkdir(parents=True, exist_ok=True)
    with _given(asked) if asked.url else _made() as site, browsing() as browser:
        state = sign_in(browser, site.url, site.login, site.password, site.code)
        found = [fault for size in SIZES for fault in _look(browser, site, size, state)]
    print("\n".join(found), file=sys.stderr)
    sys.exit(1 if found else 0)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", help="a Jiahe that runs already")
    parser.add_argument("--login", default="officer")
    parser.add_argument("--password")
    parser.add_argument("--code", help="the present code of the second factor")
    parser.add_argument("paths", nargs="*", default=["/authority/"])
    return parser.parse_args()


@contextmanager
def _given(asked: argparse.Namespace) -> Iterator[Site]:
    yield Site(asked.url, asked.login, asked.password, lambda: asked.code, asked.paths)


@contextmanager
def _made() -> Iterator[Site]:
    """A city of its own, gathered and served."""
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    os.environ |= {"JIAHE_HOME": str((OUT / "home").resolve()), "JIAHE_DEMO": "1"}
    os.environ["DJANGO_SETTINGS_MODULE"] = "jiahe.settings"
    subprocess.run([JIAHE, "city", *CITY, "--out", OUT / "inbox"], check=True)
    done = subprocess.run([JIAHE, "gather", "--inbox", OUT / "inbox"], check=False)
    if done.returncode not in (0, 1):
        sys.exit(done.returncode)
    password = secrets.token_urlsafe(12)
    paths = _prepare(password)
    port = _free_port()
    server = subprocess.Popen([JIAHE, "serve", "--port", str(port), "--processes", "1"])
    try:
        _await(port)
        yield Site(f"http://127.0.0.1:{port}", "officer", password, _code, paths)
    finally:
        server.terminate()
        server.wait()


def _code() -> str:
    """What the officer's authenticator shows now."""
    from jiahe.accounts.models import User
    from jiahe.accounts.second_factor import current_code

    return current_code(User.objects.get(login="officer")) or ""


def _prepare(password: str) -> list[str]:
    """Enrol an officer; gives the pages that show most."""
    import django

    django.setup()
    from jiahe.accounts.actions.enrol import authority, enrol
    from jiahe.accounts.actions.second_factor import install
    from jiahe.accounts.enums import Role
    from jiahe.accounts.second_factor import new_secret
    from jiahe.creditfile.models import Enterprise
    from jiahe.gathering.models import Batch
    from jiahe.kit.actor import Actor

    user = enrol(
        actor=Actor.system(),
        login="officer",
        name="数据管理员",
        role=Role.DATA_OFFICER,
        password=password,
        organisation=authority("演示主管部门"),
    )
    install(actor=Actor.system(), user=user, secret=new_secret())
    uscc = Enterprise.objects.exclude(name="").order_by("serial").values_list("uscc", flat=True)[0]
    refused = Batch.objects.filter(quarantined__gt=0).order_by("pk").values_list("pk", flat=True).first()
    file = f"/authority/enterprises/{uscc}/"
    return [
        "/account/",
        "/account/password/",
        "/account/second-factor/",
        "/account/close/",
        "/authority/",
        "/authority/search/?q=有限",
        "/authority/search/?q=没有这样的企业",
        "/authority/gathering/",
        "/authority/gathering/?state=late",
        "/authority/gathering/batches/",
        *([f"/authority/gathering/batches/{refused}/"] if refused else []),
        file,
        *(f"{file}{section}/" for section in ("relations", "operations", "assets", "risks")),
        *(f"{file}categories/{code}/" for code in ("0101", "0202", "0402")),
        "/authority/enterprises/91330100799655058B/",
        "/no-such-page/",
    ]


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


def _look(browser: Browser, site: Site, size: str, state: StorageState) -> list[str]:
    """One picture of each page, and what is wrong with it."""
    stranger = browser.new_context(base_url=site.url, viewport=SIZES[size]).new_page()
    officer = signed_in(browser, site.url, size, state)
    return _photograph(stranger, size, ["/sign-in/"]) + _photograph(officer, size, site.paths)


def _photograph(page: Page, size: str, paths: list[str]) -> list[str]:
    blocked = complaints(page)
    found = []
    for path in paths:
        page.goto(path)
        page.wait_for_load_state("networkidle")
        name = re.sub(r"\W+", "-", path).strip("-")
        page.screenshot(path=OUT / f"{name}.{size}.png", full_page=True)
        found += [f"{size} {path} {fault}" for fault in faults(page)]
    page.context.close()
    return found + [f"{size} {text}" for text in blocked if "404" not in text]


if __name__ == "__main__":
    main()
