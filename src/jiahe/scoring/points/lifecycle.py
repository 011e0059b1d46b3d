"""How an indicator system comes into force: states and steps as a table. No Django here.

What is published never changes. A change, and the way back to an older version, is a new version.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    DRAFT = "draft"
    COMMITTED = "committed"  # waits for another person to publish it
    PUBLISHED = "published"
    RETIRED = "retired"


class Action(StrEnum):
    DRAFT = "draft"
    COMMIT = "commit"
    SEND_BACK = "send_back"
    PUBLISH = "publish"
    RETIRE = "retire"


OPEN = (State.DRAFT, State.COMMITTED)


@dataclass(frozen=True)
class Transition:
    """`another`: whoever committed the version may not take the step."""

    start: tuple[State, ...]
    end: State
    another: bool = False


TRANSITIONS: dict[Action, Transition] = {
    Action.DRAFT: Transition((State.DRAFT,), State.DRAFT),
    Action.COMMIT: Transition((State.DRAFT,), State.COMMITTED),
    Action.SEND_BACK: Transition((State.COMMITTED,), State.DRAFT),
    Action.PUBLISH: Transition((State.COMMITTED,), State.PUBLISHED, another=True),
    Action.RETIRE: Transition((State.PUBLISHED,), State.RETIRED),
}
