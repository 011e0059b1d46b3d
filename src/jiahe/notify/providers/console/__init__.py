"""Prints each message where the worker runs: for trying the platform out."""

from __future__ import annotations

from jiahe.notify.providers import Letter

REPEATABLE = True


def send(letter: Letter) -> None:
    print(f"{letter.to}  {letter.text}", flush=True)
