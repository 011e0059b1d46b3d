"""What recurs in scoring: everybody at night, those touched within minutes of a batch."""

from __future__ import annotations

from jiahe.kit.actor import Actor
from jiahe.kit.jobs import Schedule, declare
from jiahe.scoring.actions.run import run, run_touched


def score_everybody() -> None:
    """Again gives the same scores."""
    run(actor=Actor.system())


def score_touched() -> None:
    """Does nothing where nothing was gathered since the last run."""
    run_touched(actor=Actor.system())


declare(Schedule("scoring: everybody", "jiahe.scoring.tasks.score_everybody", "15 4 * * *"))
declare(Schedule("scoring: touched", "jiahe.scoring.tasks.score_touched", "*/5 * * * *"))
