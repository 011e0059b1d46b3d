"""Several people at the same moment."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from django.db import connections

from jiahe.kit.errors import JiaheError

T = TypeVar("T")


def together(*works: Callable[[], T]) -> list[T | JiaheError]:
    """What each gave, or the refusal that it met; all begin at once, each with connections of its own."""
    ready = Barrier(len(works))

    def one(work: Callable[[], T]) -> T | JiaheError:
        try:
            ready.wait()
            return work()
        except JiaheError as refused:
            return refused
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(works)) as pool:
        return [future.result() for future in [pool.submit(one, work) for work in works]]
