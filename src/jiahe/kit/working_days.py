"""Working days of the country, and limits counted in them.

A working day counts whole, from midnight to midnight; a day off counts nothing; office hours play no part. So a limit
of n working days ends at the same hour n working days later, and one that begins on a day off counts from the start of
the next working day. Moments are aware and come back in the city's zone.

Which days are worked is what the State Council announced, as `chinesecalendar` has it. Outside its years they are
provisional: weekends and the statutory holidays with a date in the solar year are off, days moved around holidays and
the lunar ones are not known. The file that JIAHE_WORKING_DAYS names overrides any day; a year of which it names a day
counts as announced.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path

import chinese_calendar
import yaml
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext as _

from jiahe.kit.clock import ZONE
from jiahe.kit.configuration import setting

DAY = timedelta(days=1)
DAYS = 10_000
YEARS = frozenset(day.year for day in chinese_calendar.holidays)
# 全国年节及纪念日放假办法 (2024), 第二条; Tomb-sweeping Day is reckoned from the solar term.
FIXED = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})
SATURDAY = 5

Pause = tuple[datetime, datetime]


def is_working_day(day: date) -> bool:
    return _is_working(day, setting("JIAHE_WORKING_DAYS"))


def is_provisional(day: date) -> bool:
    """Whether the working days of its year are not known to be announced."""
    return day.year not in announced()


def announced() -> frozenset[int]:
    """The years whose working days are known; `OSError`, `ImproperlyConfigured` where the file cannot be read."""
    return YEARS | {day.year for day in _announced(setting("JIAHE_WORKING_DAYS"))}


def add(moment: datetime, days: int) -> datetime:
    """When a limit of so many working days ends that begins at a moment; `ValueError` for a negative number."""
    return after(moment, days * DAY)


def after(moment: datetime, working: timedelta) -> datetime:
    """When so much working time, a whole day of it being one working day, has passed since a moment."""
    if working < timedelta(0):
        raise ValueError(working)
    day, passed = _counted(moment)
    whole, rest = divmod(passed + working, DAY)
    for _each in range(whole):
        day = _working_from(day + DAY)
    return _midnight(day) + rest


def elapsed(start: datetime, end: datetime, paused: Iterable[Pause] = ()) -> timedelta:
    """The working time from start to end without the pauses: what of them lies outside, or in another, counts once."""
    passed, at = timedelta(0), start
    for begun, ended in sorted(paused):
        passed += _between(at, min(begun, end))
        at = max(at, ended)
    return passed + _between(at, end)


def half(start: datetime, due: datetime) -> datetime:
    """The moment at which half of the working time from start to due has passed."""
    return after(start, elapsed(start, due) / 2)


def _between(start: datetime, end: datetime) -> timedelta:
    if end <= start:
        return timedelta(0)
    (first, passed), (last, reached) = _counted(start), _counted(end)
    days = (first + n * DAY for n in range((last - first).days))
    return sum(is_working_day(day) for day in days) * DAY + reached - passed


def _counted(moment: datetime) -> tuple[date, timedelta]:
    """The working day from which a moment counts, and how much of it has passed."""
    if moment.tzinfo is None:
        raise ValueError(moment)
    local = moment.astimezone(ZONE)
    day = _working_from(local.date())
    return day, local - _midnight(day) if day == local.date() else timedelta(0)


def _working_from(day: date) -> date:
    while not is_working_day(day):
        day += DAY
    return day


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), ZONE)


@lru_cache(maxsize=DAYS)
def _is_working(day: date, file: str) -> bool:
    announced = _announced(file).get(day)
    if announced is not None:
        return announced
    if day.year in YEARS:
        return bool(chinese_calendar.is_workday(day))
    return day.weekday() < SATURDAY and (day.month, day.day) not in FIXED and not _is_tomb_sweeping(day)


def _is_tomb_sweeping(day: date) -> bool:
    return (day, "清明") in chinese_calendar.get_solar_terms(day, day)


@lru_cache(maxsize=1)
def _announced(file: str) -> dict[date, bool]:
    """What the authority's file says: a day for each line, `working` or `holiday`."""
    if not file:
        return {}
    rows = yaml.safe_load(Path(file).read_text(encoding="utf-8")) or {}
    words = {"working": True, "holiday": False}
    if not isinstance(rows, dict) or not all(type(day) is date and str(word) in words for day, word in rows.items()):
        raise ImproperlyConfigured(_("%(file)s：每行应为“年-月-日: working”或“年-月-日: holiday”") % {"file": file})
    return {day: words[word] for day, word in rows.items()}
