"""The score as pages show it, from what the one door gave: dial, place among peers, reasons, and what changed it.

The parts are `web/templates/cotton/score_*.html`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.utils.translation import gettext as _

from jiahe.catalogue import names
from jiahe.profiles import derived
from jiahe.scoring import explaining
from jiahe.scoring.card import Card
from jiahe.scoring.card.model import BANDS
from jiahe.scoring.explaining import Explanation, Reason
from jiahe.scoring.models import ScoreChange, Told
from jiahe.scoring.queries.cards import card_by

MOST_CHANGES = 36
MOST_MOVED = 5
HALF_TURN = 180
FEWEST_PEERS = 10  # of fewer a percentile tells nothing


@dataclass(frozen=True)
class Dial:
    """`turn` is where the score stands on the half circle, in degrees from the left; `bands` from the lowest to the best."""

    turn: int
    bands: tuple[int, ...]


@dataclass(frozen=True)
class Rank:
    """`share` is the part of the peers down to here, `ahead` where the mark stands on the bar, both in per cent; `share` is empty of few peers.

    `certainty` says, in per cent, how sure an industry is that no department states; it is empty where one does.
    """

    position: int
    peers: int
    share: str
    ahead: float
    group: str
    certainty: str


@dataclass(frozen=True)
class Jump:
    """What was told on a day, and what moved it since what was told before; `why` where that cannot be told by reasons."""

    on: date
    score: int | None
    band: int | None
    points: int | None
    moved: tuple[Reason, ...]
    why: str


@dataclass(frozen=True)
class Scored:
    """A score with its reasons. `last` is its last change, none where it never changed."""

    told: Told
    dial: Dial
    rank: Rank | None
    why: Explanation
    jumps: tuple[Jump, ...]

    @property
    def last(self) -> Jump | None:
        return self.jumps[0] if self.jumps and self.jumps[0].points is not None else None


def scored(made: Mapping[str, Told], most: int = 1) -> Scored | None:
    """The score that the door showed, with so many of its last changes; None where there is no score."""
    told = made.get(derived.SCORE)
    if told is None or told.score is None:
        return None
    card = card_by(told.card)
    told_before = derived.changes(made, most + 1)
    return Scored(
        told, _dial(told.score, card), rank(told), explaining.explanation(told, card), _jumps(told_before, most)
    )


def of_one(told: Told) -> Scored | None:
    """What was told, by itself."""
    if told.score is None:
        return None
    card = card_by(told.card)
    return Scored(told, _dial(told.score, card), rank(told), explaining.explanation(told, card), ())


def _dial(score: int, card: Card) -> Dial:
    """Five equal parts, a band each; within its band the mark stands where the score does."""
    given = [[one.missing.points, *(found.points for found in one.bins)] for one in card.characteristics]
    least, most = (card.base + sum(map(choose, given)) for choose in (min, max))
    bounds = [least, *sorted(card.bands), most]
    place = sum(score >= bound for bound in sorted(card.bands))
    low, high = bounds[place], bounds[place + 1]
    within = min(max((score - low) / (high - low), 0), 1) if high > low else 0.5
    return Dial(round((place + within) * HALF_TURN / BANDS), tuple(range(BANDS, 0, -1)))


def rank(told: Told) -> Rank | None:
    """Among those of the same industry and size; None where either is not known."""
    if told.position is None or not told.peers:
        return None
    share = 100 * told.position / told.peers
    group = " · ".join((names.industry(told.division), names.coded(names.SIZES, told.size)))
    said = f"{share:.1f}" if told.peers >= FEWEST_PEERS else ""
    certainty = "" if told.certainty is None else f"{min(99, round(told.certainty / 100))}"  # never sure
    return Rank(told.position, told.peers, said, round(100 - share, 1), group, certainty)


def _jumps(told: Sequence[ScoreChange], most: int) -> tuple[Jump, ...]:
    """The newest first; of the oldest there is nothing to compare it with."""
    found = [_jump(now, before) for now, before in pairwise(told)]
    return tuple([*found, *(_first(one) for one in told[-1:])][:most])


def _first(told: Told) -> Jump:
    return Jump(told.as_of, told.score, told.band, None, (), "" if told.unscored else _("首次评分"))


def _jump(now: Told, before: Told) -> Jump:
    points = now.score - before.score if now.score is not None and before.score is not None else None
    moved = explaining.changes(now, before, card_by(now.card))[:MOST_MOVED] if points is not None else ()
    return Jump(now.as_of, now.score, now.band, points, moved, _why(now, before))


def _why(now: Told, before: Told) -> str:
    if now.unscored or before.unscored:
        return "" if now.unscored else _("开始评分")
    return _("换用新的评分卡") if now.card != before.card else ""
