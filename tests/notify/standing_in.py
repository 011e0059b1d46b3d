"""The stand-in for the SMS service as tests start and ask it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpx


@dataclass(frozen=True)
class StandIn:
    address: str

    @property
    def settings(self) -> dict[str, str]:
        """The platform's settings with which it sends there."""
        return {
            "JIAHE_SMS": "aliyun",
            "JIAHE_ALIYUN_KEY": "known",
            "JIAHE_ALIYUN_SECRET": "secret",
            "JIAHE_ALIYUN_SIGNATURE": "嘉禾信",
            "JIAHE_ALIYUN_TEMPLATES": "code:SMS_1,order.full_time:SMS_2",
            "JIAHE_ALIYUN_ENDPOINT": self.address,
        }

    def taken(self) -> list[dict[str, str]]:
        """What it took, in order; what it took twice is there twice."""
        found: list[dict[str, str]] = httpx.get(f"{self.address}/taken", trust_env=False).json()
        return found


@contextmanager
def standing_in(port: int = 0) -> Iterator[StandIn]:
    command = [sys.executable, "-m", "tests.notify.gateway", str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield StandIn(process.stdout.readline().strip())
        finally:
            process.kill()
