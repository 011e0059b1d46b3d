"""A steady stream of requests, each sent at its own moment whether or not those before were answered."""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import httpx

AT_MOST = 48


def ask(base: str, paths: Sequence[str], cookies: Sequence[str], *, per_second: int) -> list[float]:
    """Ask for each path in turn, with its session; gives the seconds from the moment a request was due to the end of its answer.

    `RuntimeError` for an answer that is not 200: a fast refusal is no page.
    """
    with httpx.Client(base_url=base, timeout=30, limits=httpx.Limits(max_connections=AT_MOST)) as client:
        begin = time.perf_counter() + 0.1

        def one(number: int) -> float:
            due = begin + number / per_second
            time.sleep(max(0.0, due - time.perf_counter()))
            answer = client.get(paths[number], headers={"cookie": f"sessionid={cookies[number]}"})
            if answer.status_code != httpx.codes.OK:
                raise RuntimeError(f"{paths[number]}: {answer.status_code}")
            return time.perf_counter() - due

        with ThreadPoolExecutor(AT_MOST) as pool:
            return list(pool.map(one, range(len(paths))))
