"""Which enterprises defaulted, seen from a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max

from jiahe.kit import clock, parameters
from jiahe.rules.days import later
from jiahe.scoring.errors import NoOutcomes, OutcomesNotKnownYet
from jiahe.scoring.models import Outcome

Key = tuple[int, str, str, str]  # serial, source, loan, kind
ROWS = 10_000


@dataclass(frozen=True)
class Labels:
    """What became of the enterprises observed on `as_of`, by `until`; outcomes are complete up to `known_until`.

    Serials: `defaulted` within the performance window; `excluded` were in default already; all others did not default.
    """

    as_of: date
    until: date
    known_until: date
    defaulted: frozenset[int]
    excluded: frozenset[int]


def newest(*, uscc: str = "") -> dict[Key, Outcome]:
    """What counts: the newest report of each loan by each source, of one enterprise or of all."""
    found = Outcome.objects.filter(uscc=uscc) if uscc else Outcome.objects.all()
    ordered = found.order_by("reported_on", "pk").iterator(chunk_size=ROWS)
    return {(o.serial, o.source, o.loan, o.kind): o for o in ordered}


def first_defaults() -> dict[int, date]:
    """The day from which each enterprise that ever defaulted was in default, by serial."""
    first: dict[int, date] = {}
    for outcome in newest().values():
        if day := outcome.defaulted_on:
            first[outcome.serial] = min(day, first.get(outcome.serial, day))
    return first


def known_until() -> date:
    """The day up to which every default has been reported: the newest report, less the time that reporting takes."""
    last: date | None = Outcome.objects.aggregate(last=Max("reported_on"))["last"]
    if last is None:
        raise NoOutcomes
    return last - timedelta(days=parameters.value("outcome_reporting_days", on=clock.today()))


def label(*, as_of: date, months: int = 12) -> Labels:
    """Who defaulted in the months after a day; `OutcomesNotKnownYet` where that window is not over yet.

    A default on the day itself is known then, and excludes; the window begins the day after.
    """
    until, known = later(as_of, months), known_until()
    if until > known:
        latest = _latest(known, months)
        raise OutcomesNotKnownYet(as_of=as_of, months=months, until=until, known=known, latest=latest)
    first = first_defaults()
    return Labels(
        as_of=as_of,
        until=until,
        known_until=known,
        defaulted=frozenset(serial for serial, day in first.items() if as_of < day <= until),
        excluded=frozenset(serial for serial, day in first.items() if day <= as_of),
    )


def observable(*, months: int = 12) -> date:
    """The last day that can be labelled."""
    return _latest(known_until(), months)


def _latest(known: date, months: int) -> date:
    """The last day whose window of months ends by the known day; months differ in length."""
    day = later(known, -months)
    while later(day, months) > known:
        day -= timedelta(days=1)
    return day
