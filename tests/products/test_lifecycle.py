"""The table of steps."""

from __future__ import annotations

from jiahe.products.enums import ProductState, VersionState
from jiahe.products.lifecycle import OPEN, TRANSITIONS, Action, Party, Shelf, VersionStep


def test_every_step_has_its_line_and_every_state_its_words() -> None:
    assert set(TRANSITIONS) == set(Action)
    assert set(ProductState.values) == {shelf.value for shelf in Shelf}
    assert set(VersionState.values) == {step.value for step in VersionStep}


def test_every_state_is_reached_and_those_that_end_are_known() -> None:
    reached = {transition.end for transition in TRANSITIONS.values() if transition.end}
    assert reached == set(VersionStep)
    left = {start for transition in TRANSITIONS.values() for start in transition.start}
    assert set(VersionStep) - left == {VersionStep.REJECTED, VersionStep.REPLACED}
    assert set(OPEN) <= left
    shelves = {end for transition in TRANSITIONS.values() for end in transition.shelf.values()}
    assert shelves == set(Shelf)
    assert not any(Shelf.WITHDRAWN in transition.shelf for transition in TRANSITIONS.values())


def test_only_the_authority_puts_onto_the_shelf() -> None:
    onto = [
        action
        for action, transition in TRANSITIONS.items()
        if any(end is Shelf.ON and start is Shelf.NEW for start, end in transition.shelf.items())
    ]
    assert onto == [Action.APPROVE]
    assert TRANSITIONS[Action.APPROVE].who is Party.AUTHORITY
