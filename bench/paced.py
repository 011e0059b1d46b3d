"""A steady stream of requests, each sent at its own moment whether or not those before were answered.

Through the plainest client there is, since it takes its processor time from the server beside it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from http.client import HTTPConnection

AT_MOST = 48
WAITS_SECONDS = 30


def ask(base: str, paths: Sequence[str], cookies: Sequence[str], *, per_second: int) -> list[float]:
    """Ask for each path in turn, with its session; gives the seconds from the moment a request was due to the end of its answer.

    `RuntimeError` for an answer that is not 200: a fast refusal is no page.
    """
    of_thread, host = threading.local(), base.removeprefix("http://")
    begin = time.perf_counter() + 0.1

    def connect() -> None:
        of_thread.connection = HTTPConnection(host, timeout=WAITS_SECONDS)

    def one(number: int) -> float:
        due = begin + number / per_second
        time.sleep(max(0.0, due - time.perf_counter()))
        of_thread.connection.request("GET", paths[number], headers={"Cookie": f"sessionid={cookies[number]}"})
        answer = of_thread.connection.getresponse()
        answer.read()
        if answer.status != HTTPStatus.OK:
            raise RuntimeError(f"{paths[number]}: {answer.status}")
        return time.perf_counter() - due

    with ThreadPoolExecutor(AT_MOST, initializer=connect) as pool:
        return list(pool.map(one, range(len(paths))))
