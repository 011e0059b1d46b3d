"""What recurs in scoring: everybody at night and within minutes of another card, those touched within minutes of a batch."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

from jiahe.kit.actor import Actor
from jiahe.kit.jobs import Schedule, declare
from jiahe.scoring.actions.run import follow, run
from jiahe.scoring.actions.try_card import try_on_day
from jiahe.scoring.actions.watch_card import watch_live
from jiahe.scoring.errors import CardMoved, NoFeatures, NothingInUse


def score_everybody() -> None:
    """Again gives the same scores."""
    run(actor=Actor.system())


def score_touched() -> None:
    """Does nothing where nothing was gathered, and no card published, since the last run."""
    follow(actor=Actor.system())


def watch() -> None:
    """The month's watch of the card in use; again writes the same row anew. Nothing where there is nothing to watch."""
    with suppress(NothingInUse, NoFeatures):
        watch_live(actor=Actor.system())


def try_on(number: int, day: str, user_id: int, login: str, organisation: str, role: str) -> None:
    """A trial on a day whose outcomes are known, asked for by a person on a page. Once the card has moved on, nothing."""
    actor = Actor(user_id, login, organisation, role, "portal")
    with suppress(CardMoved, NothingInUse):
        try_on_day(actor=actor, number=number, as_of=date.fromisoformat(day))


declare(Schedule("scoring: everybody", "jiahe.scoring.tasks.score_everybody", "15 4 * * *"))
declare(Schedule("scoring: touched", "jiahe.scoring.tasks.score_touched", "*/5 * * * *"))
declare(Schedule("scoring: watch", "jiahe.scoring.tasks.watch", "45 5 3 * *"))
