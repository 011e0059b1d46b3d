"""Limits in working days: the adjusted Saturdays of 2026, pauses, years that nobody has announced."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import assume, given
from hypothesis import strategies as st

from jiahe.kit.clock import ZONE
from jiahe.kit.working_days import DAY, add, after, elapsed, half, is_provisional, is_working_day

# Over the Spring Festival and National Day of 2026, and into years of which nothing is known.
MOMENTS = st.timedeltas(timedelta(0), timedelta(days=820)).map(lambda since: datetime(2025, 12, 1, tzinfo=ZONE) + since)
WORKING = st.timedeltas(timedelta(0), timedelta(days=40))


def at(month: int, day: int, hour: int = 0, minute: int = 0, *, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=ZONE)


def test_spring_festival_of_2026() -> None:
    """Off from Sunday 15 to Monday 23 February; the Saturdays before and after are worked."""
    worked = [day for day in range(12, 29) if is_working_day(date(2026, 2, day))]
    assert worked == [12, 13, 14, 24, 25, 26, 27, 28]


@pytest.mark.parametrize(
    ("moment", "days", "due"),
    [
        (at(2, 12, 15, 30), 1, at(2, 13, 15, 30)),
        (at(2, 13, 15, 30), 1, at(2, 14, 15, 30)),  # the Saturday is worked
        (at(2, 14, 15, 30), 1, at(2, 24, 15, 30)),
        (at(2, 13, 9), 5, at(2, 27, 9)),
        (at(2, 18, 11), 1, at(2, 25)),  # begun on a day off: from the 24th, 0:00
        (at(2, 18, 11), 0, at(2, 24)),
        (at(2, 27, 10), 2, at(3, 2, 10)),  # over Saturday the 28th
        (at(11, 27, 23, 59), 1, at(11, 30, 23, 59)),
        (at(11, 28, 12), 10, at(12, 14)),
    ],
)
def test_limits(moment: datetime, days: int, due: datetime) -> None:
    assert add(moment, days) == due


def test_other_zones() -> None:
    """What is stored in UTC is counted in the city's days: 16:30 on Thursday is half past midnight on Friday."""
    due = add(datetime(2026, 11, 26, 16, 30, tzinfo=UTC), 1)
    assert (due, due.tzinfo) == (at(11, 30, 0, 30), ZONE)


@pytest.mark.parametrize(
    ("start", "end", "paused", "days"),
    [
        (at(2, 13), at(2, 14), [], DAY),
        (at(2, 14, 12), at(2, 24, 12), [], DAY),
        (at(2, 15), at(2, 24), [], 0 * DAY),
        (at(2, 14), at(2, 13), [], 0 * DAY),
        (at(2, 10), at(2, 14), [(at(2, 11), at(2, 12))], 3 * DAY),
        (at(2, 10), at(2, 14), [(at(2, 11), at(2, 12)), (at(2, 11, 12), at(2, 12, 12))], 2.5 * DAY),
        (at(2, 10), at(2, 14), [(at(2, 1), at(2, 11)), (at(2, 13), at(3, 1))], 2 * DAY),
        (at(2, 10), at(2, 14), [(at(2, 1), at(3, 1))], 0 * DAY),
        (at(2, 14), at(2, 25), [(at(2, 16), at(2, 20))], 2 * DAY),  # a pause on days off takes nothing
    ],
)
def test_elapsed(start: datetime, end: datetime, paused: list[tuple[datetime, datetime]], days: timedelta) -> None:
    assert elapsed(start, end, paused) == days


@pytest.mark.parametrize(
    ("start", "due", "middle"),
    [
        (at(2, 12, 9), at(2, 13, 9), at(2, 12, 21)),
        (at(2, 13, 9), at(2, 24, 9), at(2, 14, 9)),
        (at(2, 14, 18), at(2, 24, 18), at(2, 24, 6)),
    ],
)
def test_half(start: datetime, due: datetime, middle: datetime) -> None:
    assert half(start, due) == middle


def test_beyond_what_is_announced() -> None:
    assert (is_provisional(date(2026, 12, 31)), is_provisional(date(2027, 1, 1))) == (False, True)
    off = [day for day in days_of(2027) if day.weekday() < 5 and not is_working_day(day)]
    assert off == [date(2027, 1, 1), date(2027, 4, 5), date(2027, 10, 1)]
    assert is_working_day(date(2028, 5, 3))


def test_the_authority_says_otherwise(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "working-days.yaml"
    file.write_text("2026-11-26: holiday\n2027-02-08: holiday\n2027-02-20: working\n", encoding="utf-8")
    monkeypatch.setenv("JIAHE_WORKING_DAYS", str(file))
    assert add(at(11, 25, 10), 1) == at(11, 27, 10)
    assert [is_working_day(date(2027, 2, day)) for day in (8, 9, 20)] == [False, True, True]
    assert (is_provisional(date(2027, 6, 1)), is_provisional(date(2028, 1, 3))) == (False, True)


@pytest.mark.parametrize(
    "text",
    ["2027-02-08: yes", "spring: holiday", "- 2027-02-08", "2027-02-08: [working]", "2027-02-08 10:00:00: holiday"],
)
def test_a_file_that_cannot_be_read(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "working-days.yaml"
    file.write_text(text, encoding="utf-8")
    monkeypatch.setenv("JIAHE_WORKING_DAYS", str(file))
    with pytest.raises(ImproperlyConfigured, match=r"working-days\.yaml"):
        is_working_day(date(2027, 2, 8))


def test_refused() -> None:
    with pytest.raises(ValueError, match="-1"):
        add(at(11, 25), -1)
    with pytest.raises(ValueError, match="2026"):
        add(at(11, 25).replace(tzinfo=None), 1)


@given(MOMENTS, WORKING, WORKING)
def test_additive(moment: datetime, one: timedelta, other: timedelta) -> None:
    assert after(after(moment, one), other) == after(moment, one + other)
    assert elapsed(moment, after(moment, one)) == one
    assert is_working_day(after(moment, one).date())


@given(MOMENTS, MOMENTS, WORKING)
def test_monotone(one: datetime, other: datetime, working: timedelta) -> None:
    earlier, later = sorted((one, other))
    assert earlier <= after(earlier, working) <= after(later, working)
    assert timedelta(0) <= elapsed(earlier, later) <= later - earlier
    assert elapsed(earlier, half(earlier, later)) == elapsed(earlier, later) / 2


@given(MOMENTS, MOMENTS, MOMENTS)
def test_elapsed_adds_up(one: datetime, other: datetime, third: datetime) -> None:
    start, middle, end = sorted((one, other, third))
    assert elapsed(start, middle) + elapsed(middle, end) == elapsed(start, end)


@given(MOMENTS, MOMENTS, st.lists(st.tuples(MOMENTS, MOMENTS).map(lambda p: (min(p), max(p))), max_size=4))
def test_pauses(one: datetime, other: datetime, paused: list[tuple[datetime, datetime]]) -> None:
    """They only take away, never below nothing, and no more than they last; their order does not matter."""
    start, end = sorted((one, other))
    assume(start < end)
    whole, left = elapsed(start, end), elapsed(start, end, paused)
    assert timedelta(0) <= left <= whole
    assert whole - left <= sum((elapsed(*pause) for pause in paused), timedelta(0))
    assert left == elapsed(start, end, reversed(paused))


def days_of(year: int) -> list[date]:
    return [date(year, 1, 1) + n * DAY for n in range(365)]
