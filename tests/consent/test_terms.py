"""The tables of a consent: who may what from where, when nothing opens, what is too much, whose class a record is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from jiahe.catalogue import Authorisation, load
from jiahe.consent.enums import ConsentState
from jiahe.consent.errors import Closed, closed
from jiahe.consent.terms import (
    OPEN,
    TRANSITIONS,
    Action,
    Ceiling,
    Party,
    Refusal,
    State,
    Subject,
    SubjectKind,
    Terms,
    authorisation_of,
    authorisations_of,
    lookback_from,
    refusal,
    within_ceilings,
)
from tests.consent.scene import NOW, TODAY, monthly, terms

P0, A1, A2, R = Authorisation
COMPANY, NATURAL = SubjectKind


def test_states_have_words_and_every_refusal_an_error_of_its_own() -> None:
    assert [s.value for s in State] == ConsentState.values
    assert {closed(one).code for one in Refusal} == {one.code for one in Closed.__subclasses__()}
    assert len({closed(one).sentence for one in Refusal}) == len(Refusal)


WHEN_CLOSED: list[tuple[Terms, int, bool, Refusal | None]] = [
    *[(terms(state=s), 0, True, Refusal(s.value)) for s in State if s is not State.ACTIVE],
    (terms(direction="to_platform"), 0, False, Refusal.WRONG_DIRECTION),
    (terms(frozen=True), 0, True, Refusal.FROZEN),
    (terms(valid_from=NOW), 0, False, None),
    (terms(valid_from=NOW + timedelta(seconds=1)), 0, True, Refusal.NOT_YET_VALID),
    (terms(valid_until=NOW), 0, True, Refusal.EXPIRED),
    (terms(valid_until=NOW + timedelta(seconds=1)), 0, False, None),
    (terms(used=7), 7, False, None),
    (terms(subject_ref="", used=0), 0, False, None),
    (terms(subject_ref="", used=1), 1, True, None),
    (terms(subject_ref="", used=1), 0, False, Refusal.USED_UP),
    (monthly(2, used=40), 1, False, None),
    (monthly(2, used=2), 2, False, Refusal.FREQUENCY),
    (monthly(2, used=2), 2, True, None),
]


@pytest.mark.parametrize(("agreed", "this_month", "running", "expected"), WHEN_CLOSED)
def test_when_nothing_is_read(agreed: Terms, this_month: int, running: bool, expected: Refusal | None) -> None:
    assert refusal(agreed, now=NOW, uses_this_month=this_month, open_use=running) is expected


@pytest.mark.parametrize(
    ("today", "months", "expected"),
    [
        (date(2026, 11, 25), 14, date(2025, 9, 25)),
        (date(2026, 12, 31), 1, date(2026, 11, 30)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2023, 2, 28)),
        (date(2026, 1, 31), 1, date(2025, 12, 31)),
        (date(2026, 1, 31), 0, date(2026, 1, 31)),
    ],
)
def test_look_back_counts_calendar_months(today: date, months: int, expected: date) -> None:
    assert lookback_from(today, months) == expected


@given(some.dates(date(1990, 1, 1), date(2090, 1, 1)), some.integers(0, 240))
def test_look_back_never_reaches_further_than_its_months(today: date, months: int) -> None:
    first = lookback_from(today, months)
    assert (today.year - first.year) * 12 + today.month - first.month == months
    assert first.day == today.day or ((first + timedelta(days=1)).day == 1 and first.day < today.day)


ONCE = Ceiling("one_time", 30, 14, 180, None)
MONTHLY = Ceiling("periodic", 365, 14, 180, 5)


@pytest.mark.parametrize(
    ("agreed", "ceiling", "beyond"),
    [
        (terms(), ONCE, None),
        (terms(valid_until=TODAY + timedelta(days=30, seconds=1)), ONCE, "days"),
        (terms(valid_until=TODAY), ONCE, "days"),
        (terms(lookback_months=15), ONCE, "lookback_months"),
        (terms(lookback_months=-1), ONCE, "lookback_months"),
        (terms(data_life_days=181), ONCE, "data_life_days"),
        (terms(data_life_days=0), ONCE, "data_life_days"),
        (terms(kind="periodic", per_month=1), ONCE, "kind"),
        (terms(per_month=1), ONCE, "per_month"),
        (monthly(5), MONTHLY, None),
        (monthly(6), MONTHLY, "per_month"),
        (monthly(0), MONTHLY, "per_month"),
        (monthly(1, per_month=None), MONTHLY, "per_month"),
    ],
)
def test_ceilings(agreed: Terms, ceiling: Ceiling, beyond: str | None) -> None:
    assert within_ceilings(agreed, ceiling) == beyond


@pytest.mark.parametrize(
    ("uscc", "kind", "expected"),
    [
        ("91330100799655058B", "1130", COMPANY),
        ("92330421MA29H4555E", "", NATURAL),
        ("91330421MA29H4555E", "4540", NATURAL),
        ("91330421MA29H4555E", "4560", NATURAL),
        ("91330421MA29H4555E", "9500", NATURAL),
        ("91330421MA29H4555E", "4533", COMPANY),
    ],
)
def test_who_is_a_natural_person(uscc: str, kind: str, expected: SubjectKind) -> None:
    assert Subject(1, uscc, kind).subject_kind is expected


@pytest.mark.parametrize(
    ("category", "values", "subject", "strict", "expected"),
    [
        ("0101", {}, NATURAL, True, P0),
        ("0202", {}, COMPANY, True, A2),
        ("0202", {}, NATURAL, True, R),
        ("0202", {}, NATURAL, False, A2),
        ("0108", {}, NATURAL, True, R),
        ("0901", {}, NATURAL, True, R),
        ("0201", {}, NATURAL, True, A1),
        ("0206", {"grade": "A"}, COMPANY, True, P0),
        ("0206", {"grade": "B"}, COMPANY, True, A1),
        ("1204", {"matter": "petition"}, COMPANY, True, R),
        ("1204", {"matter": "penalty"}, NATURAL, True, P0),
        ("0605", {"record_kind": "talent"}, COMPANY, False, R),
    ],
)
def test_the_class_of_a_record(
    category: str, values: dict[str, Any], subject: SubjectKind, strict: bool, expected: Authorisation
) -> None:
    declared = load().categories[category]
    assert authorisation_of(declared, values, subject, strict=strict) is expected
    assert expected in authorisations_of(declared, subject, strict=strict)


def test_what_is_a_person_s_own_is_declared_in_the_catalogue() -> None:
    declared = {c.code: c.natural_authorisation for c in load().categories.values() if c.natural_authorisation}
    assert declared == dict.fromkeys(["0108", "0202", "0203", "0204", "0205", "0502", "0901", "0902", "0903"], R)


def test_nothing_leads_out_of_an_end_and_everything_open_can_end() -> None:
    starts = {state for transition in TRANSITIONS.values() for state in transition.start}
    assert starts == set(OPEN)
    ends = {state for state in State if state not in OPEN}
    assert all({t.end for t in TRANSITIONS.values() if state in t.start} & ends for state in OPEN)


def test_only_the_person_concerned_gives_refuses_and_resumes_what_is_written() -> None:
    for action in (Action.GIVE, Action.REFUSE, Action.RESUME):
        assert TRANSITIONS[action].written == (Party.PERSON,)
    assert (TRANSITIONS[Action.OFFER].written, TRANSITIONS[Action.CLAIM].written) == ((), ())


@given(some.lists(some.sampled_from(Action)))
def test_no_sequence_of_actions_leaves_the_known_states_or_comes_back_from_an_end(actions: list[Action]) -> None:
    state: State | None = None
    for action in actions:
        transition = TRANSITIONS[action]
        possible = state in transition.start if state else not transition.start
        if possible:
            assert state is None or state in OPEN
            state = transition.end
    opens = state and refusal(replace(terms(), state=state), now=NOW, uses_this_month=0, open_use=False) is None
    assert bool(opens) is (state is State.ACTIVE)
