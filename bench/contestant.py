"""Contestants run in processes of their own, so that each has its own peak of memory and its own environment."""

from __future__ import annotations

import multiprocessing
import os
import resource
import time
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

Work = Callable[..., Any]


class Failed(RuntimeError):
    """A contestant ended in an error; its trace is the message."""


class Contestant:
    """One process that does one kind of work again and again, and is timed from within."""

    def __init__(self, work: Work, **environment: str) -> None:
        context = multiprocessing.get_context("spawn")
        self._here, there = context.Pipe()
        self._process = context.Process(target=_serve, args=(there, work, environment), daemon=True)
        self._process.start()
        there.close()
        self.seconds = 0.0

    def start(self, *task: Any) -> None:
        """Hand a task over without waiting for it."""
        self._here.send(task)

    def result(self) -> tuple[float, Any]:
        """Seconds and answer of the task that was handed over; `Failed` where it raised."""
        kind, seconds, answer = self._here.recv()
        if kind == "failed":
            raise Failed(answer)
        self.seconds += seconds
        return seconds, answer

    def do(self, *task: Any) -> tuple[float, Any]:
        self.start(*task)
        return self.result()

    def end(self) -> float:
        """Stop the process; gives its peak of memory in MiB."""
        self._here.send(None)
        peak: float = self._here.recv()
        self._process.join()
        return peak


def _serve(pipe: Connection, work: Work, environment: dict[str, str]) -> None:
    os.environ.update(environment)
    while (task := pipe.recv()) is not None:
        started = time.perf_counter()
        try:
            answer = work(*task)
            pipe.send(("done", time.perf_counter() - started, answer))
        except Exception:  # noqa: BLE001 - whatever it is, the other side must be told
            pipe.send(("failed", 0.0, traceback.format_exc()))
    pipe.send(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
