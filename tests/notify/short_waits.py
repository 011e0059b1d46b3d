"""The relay and the asking for receipts in a process of their own, as the worker runs them, with short waits."""

from __future__ import annotations

import time
from datetime import timedelta

import django


def main() -> None:
    django.setup()
    from jiahe.notify import providers, receipts, relay

    relay.FIRST_WAIT = timedelta(seconds=0.3)
    relay.FIRST_ASKING = timedelta(seconds=0.3)
    relay.IN_HAND = timedelta(seconds=8)
    providers.PATIENCE_SECONDS = 1
    while True:
        while relay.drain():
            pass
        receipts.collect()
        time.sleep(0.05)


if __name__ == "__main__":
    main()
