"""Whatever people do in whatever order: states stay known, one consent is live, refusals leave no trace."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given as tried_with
from hypothesis import settings
from hypothesis import strategies as some

from jiahe.audit.models import Entry
from jiahe.consent.actions.ask import ask, renew
from jiahe.consent.actions.end import end_subject, void
from jiahe.consent.actions.expire import expire, tell_ending
from jiahe.consent.actions.pause import pause, resume
from jiahe.consent.actions.refuse import refuse
from jiahe.consent.actions.revoke import revoke
from jiahe.consent.actions.use import admit
from jiahe.consent.models import Consent, ConsentUse
from jiahe.consent.terms import LIVE, OPEN, State
from jiahe.kit.actor import Actor
from jiahe.kit.errors import JiaheError
from tests.consent.scene import COMPANY, bank, claimed, given, manager, offered, owner, settle, terms

pytestmark = pytest.mark.django_db

SYSTEM = Actor.system()
# Each is done with the number of some consent that there is.
STEPS: dict[str, Callable[[str], object]] = {
    "ask": lambda _: ask(actor=manager(), uscc=COMPANY.uscc, terms=terms()),
    "renew": lambda number: renew(actor=manager(), number=number),
    "refuse": lambda number: refuse(actor=owner(), number=number),
    "give": lambda _: given(),
    "answer": lambda number: given(request=number),
    "offer": lambda _: offered("bank-a", "bank-b"),
    "claim": lambda _: claimed(manager(), "order:1"),
    "claim too": lambda _: claimed(manager("bank-b"), "order:2"),
    "pause": lambda number: pause(actor=owner(), number=number),
    "resume": lambda number: resume(actor=owner(), number=number),
    "revoke": lambda number: revoke(actor=owner(), number=number),
    "close": lambda _: end_subject(actor=manager(), subject_ref="order:1"),
    "window": lambda _: void(actor=SYSTEM, request_ref="request:1"),
    "read": lambda _: admit(actor=manager(), enterprise=COMPANY, purpose="pre_loan", categories=["0201"]),
    "expire": lambda _: expire(actor=SYSTEM),
    "tell": lambda _: tell_ending(actor=SYSTEM),
}
TIMES = ("2026-11-25T10:00", "2026-12-23T10:00", "2026-12-25T10:00")


@settings(max_examples=60)
@tried_with(
    some.lists(
        some.tuples(some.sampled_from(sorted(STEPS)), some.integers(0, 3), some.sampled_from(TIMES)), max_size=14
    )
)
def test_any_sequence(steps: list[tuple[str, int, str]]) -> None:
    with pytest.MonkeyPatch.context() as clock, transaction.atomic():
        clock.setenv("JIAHE_NOW", TIMES[0])
        settle(COMPANY)
        bank("bank-b")
        for name, which, moment in sorted(steps, key=lambda step: step[2]):
            clock.setenv("JIAHE_NOW", moment)
            take(name, which)
            assert_sound()
        transaction.set_rollback(True)


def take(name: str, which: int) -> None:
    numbers = list(Consent.objects.order_by("-pk").values_list("number", flat=True))
    before = everything()
    refused = False
    try:
        STEPS[name](numbers[which % len(numbers)] if numbers else "SQ0")
    except JiaheError:
        refused = True
    assert not refused or everything() == before
    ended = {row["number"] for row in before if State(row["state"]) not in OPEN}
    assert [row for row in everything() if row["number"] in ended] == [row for row in before if row["number"] in ended]


def everything() -> list[dict[str, Any]]:
    return [dict(row) for row in Consent.objects.order_by("pk").values()]


def assert_sound() -> None:
    rows = list(Consent.objects.all())
    live = Counter((c.grantee_id, c.purpose, c.written) for c in rows if c.state in LIVE)
    assert max(live.values(), default=0) <= 1
    assert all((c.ended_at is None) is (State(c.state) in OPEN) for c in rows)
    assert all(c.text for c in rows if c.state in (*LIVE, State.PENDING))
    uses = Counter(ConsentUse.objects.values_list("consent", flat=True))
    assert set(uses.values()) <= {1, 2, 3}
    told = set(Entry.objects.filter(subject__startswith="consent:").values_list("subject", flat=True))
    assert told == {f"consent:{c.number}" for c in rows}
