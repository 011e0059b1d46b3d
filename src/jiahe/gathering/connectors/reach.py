"""Is a declared source there? Asked without reading any record."""

from __future__ import annotations

import socket
from urllib.parse import urlsplit

from jiahe.gathering.connectors import database
from jiahe.gathering.connectors.errors import SourceUnreachable
from jiahe.gathering.connectors.source import Kind, Source

PORTS = {"http": 80, "https": 443}


def reach(source: Source) -> None:
    """Nothing where the source can be connected to with all its secrets; a failure with its sentence otherwise."""
    for texts in (source.params, source.headers):
        source.all_filled(texts)
    if source.kind is Kind.DATABASE:
        database.reach(source)
    else:
        _connect(source)


def _connect(source: Source) -> None:
    url = urlsplit(source.filled(source.url))
    try:
        with socket.create_connection((url.hostname, url.port or PORTS[url.scheme]), timeout=source.timeout):
            pass
    except OSError as error:
        raise SourceUnreachable(source=source.code, reason=source.told(error)) from error
