"""One question about one enterprise to an on-demand source, over HTTP."""

from __future__ import annotations

import ssl
import time
from functools import lru_cache
from typing import Any
from urllib.parse import quote

import httpx
from django.utils.translation import gettext as _

from jiahe.gathering.connectors.answers import rows_at
from jiahe.gathering.connectors.errors import SourceUnreachable, WrongAnswer
from jiahe.gathering.connectors.source import Source

MOST_BYTES = 10_000_000
ABOUT = "{uscc}"


def ask(source: Source, uscc: str) -> list[dict[str, Any]]:
    """The records of the answer; it must be there as a whole within the source's time."""
    params = {name: value.replace(ABOUT, uscc) for name, value in source.all_filled(source.params).items()}
    said: dict[str, Any] = {"json": params} if source.method == "POST" else {"params": params or None}
    url = source.filled(source.url).replace(ABOUT, quote(uscc))
    try:
        with httpx.stream(
            source.method,
            url,
            headers=source.all_filled(source.headers),
            timeout=source.timeout,
            verify=_trusted(),
            **said,
        ) as response:
            response.raise_for_status()
            return rows_at(source, _whole(source, response, time.monotonic() + source.timeout))
    except httpx.HTTPStatusError as error:  # its own text has the whole address, and whom it is about
        raise SourceUnreachable(source=source.code, reason=f"HTTP {error.response.status_code}") from error
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        raise SourceUnreachable(source=source.code, reason=source.told(error)) from error


def _whole(source: Source, response: httpx.Response, deadline: float) -> bytes:
    """The time that httpx knows is for each piece: a source that drips would hold the reader for ever."""
    body = bytearray()
    for piece in response.iter_bytes():
        body += piece
        if time.monotonic() > deadline:
            raise SourceUnreachable(
                source=source.code, reason=_("{seconds} 秒内没有答完").format(seconds=source.timeout)
            )
        if len(body) > MOST_BYTES:
            raise WrongAnswer(source=source.code, reason=_("应答过大"))
    return bytes(body)


@lru_cache(maxsize=1)
def _trusted() -> ssl.SSLContext:
    """The system's certificates, read once."""
    return ssl.create_default_context()
