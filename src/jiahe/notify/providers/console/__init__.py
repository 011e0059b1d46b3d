"""Prints each message where the worker runs: for trying the platform out."""

from __future__ import annotations

from jiahe.notify.providers import Letter


def send(letter: Letter) -> None:
    print(f"{letter.phone}  {letter.text}", flush=True)
