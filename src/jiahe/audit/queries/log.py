"""The books as an auditor reads them: the newest first, narrowed by time, person and what it was about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import F, QuerySet

from jiahe.audit.models import BOOKS, Book, Row
from jiahe.kit import clock


@dataclass(frozen=True)
class Wanted:
    """From and until which day, by whom, about what: the journal's subject or the access log's enterprise code."""

    since: date | None = None
    until: date | None = None
    login: str = ""
    about: str = ""


ABOUT = {Book.JOURNAL: "subject", Book.ACCESS: "uscc"}


def rows(book: Book, wanted: Wanted, *, limit: int, offset: int) -> list[Row]:
    """Each with `sealed_as`, the number of its segment, or None where it is not sealed yet."""
    found: QuerySet[Any] = BOOKS[book].objects.annotate(sealed_as=F("segment__number"))
    if wanted.since:
        found = found.filter(at__gte=_midnight(wanted.since))
    if wanted.until:
        found = found.filter(at__lt=_midnight(wanted.until + timedelta(days=1)))
    if wanted.login:
        found = found.filter(login=wanted.login)
    if wanted.about:
        found = found.filter(**{ABOUT[book]: wanted.about})
    return list(found.order_by("-at", "-pk")[offset : offset + limit])


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, clock.ZONE)
