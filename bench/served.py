"""The web server in processes of its own, as an installation runs it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

PORT = 8907
STARTS_WITHIN = 60


@contextmanager
def served(environment: dict[str, str]) -> Iterator[str]:
    """Its address; it runs until the block ends."""
    base = f"http://127.0.0.1:{PORT}"
    command = [sys.executable, "-m", "jiahe.cli", "serve", "--port", str(PORT)]
    # The demo's settings: cookies also without TLS, which stands before a production site's server.
    with subprocess.Popen(
        command, env=os.environ | environment | {"JIAHE_DEMO": "1"}, stdout=subprocess.DEVNULL
    ) as server:
        try:
            _wait(base)
            yield base
        finally:
            server.terminate()


def _wait(base: str) -> None:
    for _ in range(STARTS_WITHIN * 2):
        try:
            httpx.get(base, timeout=STARTS_WITHIN)
        except httpx.ConnectError:
            time.sleep(0.5)
        else:
            return
    raise TimeoutError(base)
