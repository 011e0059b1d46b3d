"""How time runs on an order, as a pure function of what was done with it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from jiahe.financing.clock import Call, Clock, Delays, running
from jiahe.financing.workflow import Limit
from jiahe.financing.workflow import OrderAction as A
from jiahe.kit.clock import ZONE
from jiahe.kit.working_days import DAY, add, after, elapsed

DELAYS = Delays(enterprise=3, branch=1, supervisor=2)


def at(day: int, hour: int = 10, month: int = 12) -> datetime:
    """December 2026: Tuesday is the first."""
    return datetime(2026, month, day, hour, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("history", "clock"),
    [
        ([], None),
        ([(A.HAND_OUT, at(1))], Clock(Limit.ACCEPT, at(1), at(9))),
        ([(A.HAND_OUT, at(1)), (A.ACCEPT, at(2))], Clock(Limit.CONTACT, at(2), at(9))),
        ([(A.CLAIM, at(1)), (A.CONTACT, at(2)), (A.REVIEW, at(3))], Clock(Limit.DECIDE, at(2), at(9))),
        ([(A.CLAIM, at(1)), (A.CONTACT, at(2)), (A.ASK_MORE, at(3))], Clock(Limit.ANSWER, at(3), at(9))),
        (
            [(A.CLAIM, at(1)), (A.CONTACT, at(2)), (A.ASK_MORE, at(3)), (A.SUPPLY, at(4))],
            Clock(Limit.DECIDE, at(2), at(9), ((at(3), at(4)),)),
        ),
        (
            [(A.CONTACT, at(2)), *[(A.ASK_MORE, at(3)), (A.SUPPLY, at(4))], (A.ASK_MORE, at(5)), (A.SUPPLY, at(8))],
            Clock(Limit.DECIDE, at(2), at(9), ((at(3), at(4)), (at(5), at(8)))),
        ),
        ([(A.CONTACT, at(2)), (A.REVIEW, at(3)), (A.OFFER, at(4))], Clock(Limit.CHOOSE, at(4), at(9))),
        ([(A.CONTACT, at(2)), (A.OFFER, at(4)), (A.CHOOSE, at(7))], Clock(Limit.SIGN, at(7), at(9))),
        ([(A.SIGN, at(2)), (A.DISBURSE, at(3))], Clock(Limit.DISBURSE, at(3), at(9))),
    ],
)
def test_the_limit_in_hand(history: list[tuple[A, datetime]], clock: Clock | None) -> None:
    assert running(history, at(9)) == clock
    assert running(history, None) is None


@pytest.mark.parametrize(
    ("clock", "calls"),
    [
        (
            Clock(Limit.CONTACT, at(1), at(4)),
            [(Call.HALF, at(2, 22)), (Call.FULL, at(4)), (Call.BRANCH, at(7)), (Call.SUPERVISOR, at(8))],
        ),
        (
            Clock(Limit.ACCEPT, at(1), at(2)),
            [
                (Call.HALF, at(1, 22)),
                (Call.FULL, at(2)),
                (Call.BRANCH, at(3)),
                (Call.SUPERVISOR, at(4)),
                (Call.EXPIRE, at(4)),
            ],
        ),
        (Clock(Limit.ANSWER, at(1), at(8)), [(Call.ANSWER, at(4)), (Call.EXPIRE, at(8))]),
        (Clock(Limit.CHOOSE, at(1), at(3)), [(Call.EXPIRE, at(3))]),
        (Clock(Limit.DISBURSE, at(1), at(8)), []),
        # Four working days, one of them passed before a pause of two: half is reached one day after it.
        (
            Clock(Limit.DECIDE, at(1), at(9), ((at(2), at(4)),)),
            [(Call.HALF, at(7)), (Call.FULL, at(9)), (Call.BRANCH, at(10)), (Call.SUPERVISOR, at(11))],
        ),
    ],
)
def test_what_falls_due(clock: Clock, calls: list[tuple[Call, datetime]]) -> None:
    assert clock.calls(DELAYS) == calls


def test_nobody_is_reminded_beforehand_of_what_is_over() -> None:
    clock = Clock(Limit.CONTACT, at(1), at(4))
    assert [clock.fallen_due(moment, DELAYS) for moment in (at(2, 21), at(3), at(4), at(7), at(9))] == [
        [],
        [Call.HALF],
        [Call.FULL],
        [Call.FULL, Call.BRANCH],
        [Call.FULL, Call.BRANCH, Call.SUPERVISOR],
    ]


def test_the_time_that_is_used() -> None:
    clock = Clock(Limit.DECIDE, at(1), at(9), ((at(2), at(4)),))
    assert clock.whole == 4 * DAY
    moments = (at(1), at(2), at(3), at(4), at(7), at(9), at(10))
    assert [clock.used(moment) / DAY for moment in moments] == [0, 1, 1, 1, 2, 4, 5]
    assert [clock.overdue(moment) for moment in (at(8), at(9))] == [False, True]


@given(some.integers(1, 10), some.lists(some.tuples(some.integers(1, 40), some.integers(1, 80)), max_size=4))
def test_pauses_take_nothing_from_the_limit(days: int, pauses: list[tuple[int, int]]) -> None:
    """However often the enterprise owes an answer, the institution has all its working days."""
    history, moment, due = [(A.CONTACT, at(1))], at(1), add(at(1), days)
    for until_asked, until_answered in pauses:
        moment += timedelta(hours=until_asked)
        if moment >= due:
            break
        history.append((A.ASK_MORE, moment))
        left = elapsed(moment, due)
        moment += timedelta(hours=until_answered)
        history.append((A.SUPPLY, moment))
        due = after(moment, left)
    clock = running(history, due)
    assert clock is not None
    assert clock.whole == days * DAY
    calls = clock.calls(DELAYS)
    assert calls == sorted(calls, key=lambda one: one[1])
    assert clock.used(calls[0][1]) >= clock.whole / 2
