"""How far a gathering is: one line on a terminal, written over itself, with rate and time left."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence

from django.utils.translation import gettext as _

from jiahe.gathering.delivery import Delivery

# How far a delivery is when a stage begins, as shares of its time measured on monthly series.
BEGINS = {"reading": 0.0, "checking": 0.2, "comparing": 0.5, "credit files": 0.65}


class Progress:
    """Goes through deliveries of known size; says nothing where nobody looks."""

    def __init__(self, deliveries: Sequence[Delivery], *, shown: bool) -> None:
        self._sizes = [sum(f.stat().st_size for f in d.files if f.is_file()) for d in deliveries]
        self._total = max(sum(self._sizes), 1)
        self._shown = shown and sys.stderr.isatty()
        self._started = time.monotonic()
        self._finished = 0  # bytes of the deliveries that are done
        self._records = 0

    def begin(self, number: int, delivery: Delivery) -> None:
        self._number, self._delivery = number, delivery
        self._read = 0

    def show(self, stage: str, records: int) -> None:
        """What a gathering calls at the beginning of each stage."""
        self._read = max(self._read, records)
        if self._shown:
            share = (self._finished + self._sizes[self._number] * BEGINS.get(stage, 0)) / self._total
            print(f"\r\033[K{self._line(stage, share)}", end="", file=sys.stderr, flush=True)

    def end(self) -> None:
        self._finished += self._sizes[self._number]
        self._records += self._read
        if self._shown:
            print("\r\033[K", end="", file=sys.stderr, flush=True)

    def _line(self, stage: str, share: float) -> str:
        category = self._delivery.category
        elapsed = time.monotonic() - self._started
        records = self._records + self._read
        text = f"{share:4.0%} {category.code} {category.name.zh} · {_STAGES[stage]()} · {records:,}"
        if elapsed < 1 or not share:
            return text
        left = elapsed / share - elapsed
        return text + _(" · {rate:,.0f} 条/秒 · 约剩 {left}").format(rate=records / elapsed, left=clock_time(left))


def clock_time(seconds: float) -> str:
    """Minutes and seconds, with hours where there are any: 4:05, 1:00:09."""
    minutes, second = divmod(round(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"


_STAGES = {
    "reading": lambda: _("读取"),
    "checking": lambda: _("校验"),
    "comparing": lambda: _("比对"),
    "credit files": lambda: _("更新信用档案"),
}
