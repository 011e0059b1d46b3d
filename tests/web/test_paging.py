"""Pages of a list that is never counted."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from jiahe.web.paging import Page, page_of

ROWS = list(range(1, 46))


def page(query: str) -> Page[int]:
    request = RequestFactory().get(f"/{query}")
    return page_of(request, lambda limit, offset: ROWS[offset : offset + limit], 20)


def test_first_middle_and_last_page() -> None:
    assert page("") == Page(ROWS[:20], 1, 1, None, 2)
    assert page("?page=2") == Page(ROWS[20:40], 2, 21, 1, 3)
    assert page("?page=3") == Page(ROWS[40:], 3, 41, 2, None)
    assert page("?page=3").line == "第 41 至 45 条"


@pytest.mark.parametrize("written", ["0", "-1", "x", "1.5", "９９９９９９９９９", "99999999999"])
def test_what_is_no_page_is_the_first(written: str) -> None:
    assert page(f"?page={written}").number == 1
