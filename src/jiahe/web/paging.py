"""One page of a long list, by offset; the list is asked for one more than it shows, and is never counted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.http import HttpRequest
from django.utils.translation import gettext as _

T = TypeVar("T")


@dataclass(frozen=True)
class Page(Generic[T]):
    """The rows shown, and the numbers of the pages before and after where there are any."""

    rows: Sequence[T]
    number: int
    first: int
    previous: int | None
    next: int | None

    @property
    def line(self) -> str:
        return _("第 %(first)s 至 %(last)s 条") % {"first": self.first, "last": self.first + len(self.rows) - 1}


def page_of(request: HttpRequest, fetch: Callable[[int, int], Sequence[T]], size: int) -> Page[T]:
    """The page that the query `?page=` names, the first where it names none; `fetch` takes limit and offset."""
    written = request.GET.get("page", "")
    number = int(written) if written.isdecimal() and 0 < len(written) < 7 and int(written) else 1
    offset = (number - 1) * size
    rows = fetch(size + 1, offset)
    more = number + 1 if len(rows) > size else None
    return Page(rows[:size], number, offset + 1, number - 1 or None, more)
