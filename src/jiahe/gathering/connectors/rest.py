"""A paged REST source: page after page into JSON Lines, which the reader of that format turns into Arrow text."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
from django.utils.translation import gettext as _

from jiahe.gathering.connectors.answers import NO_JSON, rows_at
from jiahe.gathering.connectors.errors import SourceUnreachable, WrongAnswer
from jiahe.gathering.connectors.source import Source, Turning

if TYPE_CHECKING:
    from dlt.sources.helpers.rest_client.paginators import BasePaginator
    from requests import Response

ATTEMPTS = 3


def fetch(source: Source, folder: Path) -> Path | None:
    """All pages in one file; None where there is no record."""
    target, before = folder / f"{source.code}.jsonl", b""
    with target.open("wb") as file, closing(_pages(source)) as pages:
        for rows in pages:
            page = b"".join(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE) for row in rows)
            if page and page == before:  # a source that ignores the paging would be asked for ever
                raise WrongAnswer(source=source.code, reason=_("相邻两页完全相同"))
            file.write(page)
            before = page
    return target if target.stat().st_size else None


def _pages(source: Source) -> Generator[list[dict[str, Any]]]:
    # Half a second to import: only who asks a REST source pays for it.
    from dlt.sources.helpers.requests import Client
    from dlt.sources.helpers.rest_client.client import RESTClient
    from requests import JSONDecodeError, RequestException

    client = Client(
        request_timeout=source.timeout,
        request_max_attempts=ATTEMPTS,
        request_backoff_factor=0.1,
        raise_for_status=False,
    )
    url, headers = source.filled(source.url), source.all_filled(source.headers)
    try:
        with client.session as session:
            pages = RESTClient(url, headers=headers, session=session).paginate(
                params=_first_params(source),
                paginator=_paginator(source),
                data_selector=source.data_path or "$",
                hooks={"response": [_refuse_failures]},
            )
            for page in pages:
                yield rows_at(source, page.response.content)
    except JSONDecodeError as error:
        raise WrongAnswer(source=source.code, reason=NO_JSON) from error
    except RequestException as error:
        raise SourceUnreachable(source=source.code, reason=source.told(error)) from error
    except ValueError as error:
        raise WrongAnswer(source=source.code, reason=source.told(error)) from error


def _refuse_failures(response: Response, *_arguments: Any, **_options: Any) -> None:
    """Raise for a failure only once its body is read, which frees the connection."""
    assert response.content is not None
    response.raise_for_status()


def _first_params(source: Source) -> dict[str, str]:
    paging = source.paging
    size = {paging.size_param: str(paging.size)} if paging.size_param else {}
    return source.all_filled(source.params) | size


def _paginator(source: Source) -> BasePaginator:
    from dlt.sources.helpers.rest_client import paginators

    paging = source.paging
    match paging.kind:
        case Turning.SINGLE:
            return paginators.SinglePagePaginator()
        case Turning.PAGE:
            return paginators.PageNumberPaginator(base_page=paging.first, page_param=paging.param, total_path=None)
        case Turning.OFFSET:
            return paginators.OffsetPaginator(
                limit=paging.size, offset_param=paging.param, limit_param=paging.size_param or "limit", total_path=None
            )
        case Turning.CURSOR:
            return paginators.JSONResponseCursorPaginator(cursor_path=paging.cursor_path, cursor_param=paging.param)
