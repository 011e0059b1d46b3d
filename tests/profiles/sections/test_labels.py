"""Which labels stand at the head of a file."""

from __future__ import annotations

from datetime import date, timedelta

from jiahe.catalogue import Section, load
from jiahe.kit import clock
from jiahe.profiles import Profile, Record
from jiahe.profiles.sections.labels import chips
from tests.profiles.sections.samples import HEAD, record

GRADE = next(
    c.code
    for c in load().categories.values()
    if c.section is Section.LABELS and any(i.code == "valid_until" for i in c.items)
)


def profile(*records: Record) -> Profile:
    return Profile(HEAD, {GRADE: list(records)}, (), (), None, clock.now(), {}, {}, {})


def test_all_with_an_end_and_the_newest_without_one_those_in_force_first() -> None:
    today = clock.today()
    yesterday = today - timedelta(days=1)
    ended = record(on=date(2026, 5, 1), valid_until=yesterday)
    newest = record(on=date(2026, 3, 1), valid_until=None)
    before = record(on=date(2026, 2, 1), valid_until=None)
    holding = record(on=date(2025, 1, 1), valid_until=today)
    shown = chips(profile(ended, newest, before, holding))
    assert [(c.record, c.until, c.ended) for c in shown] == [
        (newest, None, False),
        (holding, today, False),
        (ended, yesterday, True),
    ]


def test_a_label_has_the_facts_that_are_there() -> None:
    (shown,) = chips(profile(record(on=date(2026, 3, 1), valid_until=date(2027, 3, 1))))
    category = load().categories[GRADE]
    assert [(c.label, c.text) for c in shown.cells] == [
        (i.name.zh, "2027-03-01") for i in category.items if i.code == "valid_until"
    ]
