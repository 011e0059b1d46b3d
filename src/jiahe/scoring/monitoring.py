"""Whether a card still fits: how far scores and characteristics have drifted since training, and whether its probabilities
come true. Counts only, worked out by the engine in one pass.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from math import log
from operator import and_

import narwhals.stable.v2 as nw

from jiahe.lake.engines.frames import Frame, Frames
from jiahe.scoring.card import Card, Characteristic, probability, scored

SCORE = "score"
DEFAULTED = "defaulted"
EMPTY = 0.5  # what an empty group counts, so that its logarithm exists


@dataclass(frozen=True)
class Drift:
    """Population stability indices against the enterprises of training; `enterprises` is how many there are now."""

    enterprises: int
    score: float
    characteristics: dict[str, float]


@dataclass(frozen=True)
class Truth:
    """Of `enterprises` whose outcome is known: how many defaults were expected and seen, and how well the score tells apart."""

    enterprises: int
    expected: float
    observed: int
    ks: float


def psi(before: Sequence[int], now: Sequence[int]) -> float:
    """Of two lists of counts over the same groups; 0 where either is empty."""
    if not sum(before) or not sum(now):
        return 0.0
    shares = [(max(one, EMPTY) / sum(before), max(two, EMPTY) / sum(now)) for one, two in zip(before, now, strict=True)]
    return sum((new - old) * log(new / old) for old, new in shares)


def drift(lake: Frames, frame: Frame, card: Card) -> Drift:
    """The frame has a row for each enterprise with the card's features."""
    groups = {SCORE: _of_score(card)} | {one.code: _of_characteristic(one) for one in card.characteristics}
    columns = {
        f"{code}__{number}": nw.when(inside).then(nw.lit(1)).otherwise(nw.lit(0)).cast(nw.Int64).sum()
        for code, insides in groups.items()
        for number, inside in enumerate(insides)
    }
    narrow = scored(frame.select(*card.codes), card)
    counted = lake.collect(narrow.select(**columns)).to_pylist()[0]
    now = {code: [int(counted[f"{code}__{n}"] or 0) for n in range(len(insides))] for code, insides in groups.items()}
    trained = {one.code: [b.records for b in (*one.bins, one.missing)] for one in card.characteristics}
    return Drift(
        enterprises=sum(now[SCORE]),
        score=psi([share.records for share in card.distribution], now[SCORE]),
        characteristics={code: psi(before, now[code]) for code, before in trained.items()},
    )


def _of_score(card: Card) -> list[nw.Expr]:
    score, bounds = nw.col(SCORE), [share.upto for share in card.distribution if share.upto is not None]
    above = [None, *(score > bound for bound in bounds)]
    upto = [*(score <= bound for bound in bounds), None]
    return _parts(~score.is_null(), above, upto)


def _of_characteristic(one: Characteristic) -> list[nw.Expr]:
    """One expression for each bin, the missing one last."""
    value = nw.col(one.code).cast(nw.Float64)
    missing = value.is_null() | value.is_nan()
    bounds = [found.below for found in one.bins if found.below is not None]
    least = [None, *(value >= bound for bound in bounds)]
    below = [*(value < bound for bound in bounds), None]
    return [*_parts(~missing, least, below), missing]


def _parts(known: nw.Expr, lows: Sequence[nw.Expr | None], highs: Sequence[nw.Expr | None]) -> list[nw.Expr]:
    return [
        reduce(and_, [one for one in (low, high) if one is not None], known)
        for low, high in zip(lows, highs, strict=True)
    ]


def truth(lake: Frames, frame: Frame, card: Card) -> Truth:
    """The frame has `defaulted` (1 or 0) beside the card's features."""
    narrow = scored(frame.select(DEFAULTED, *card.codes), card)
    counted = narrow.group_by(SCORE).agg(
        nw.len().alias("enterprises"), nw.col(DEFAULTED).cast(nw.Int64).sum().alias("defaults")
    )
    rows = sorted((r[SCORE], r["enterprises"], r["defaults"]) for r in lake.collect(counted).to_pylist())
    return Truth(
        enterprises=sum(n for _, n, _ in rows),
        expected=sum(n * probability(card, score) for score, n, _ in rows),
        observed=sum(bad for _, _, bad in rows),
        ks=_ks([(n - bad, bad) for _, n, bad in rows]),
    )


def _ks(rows: Sequence[tuple[int, int]]) -> float:
    """Sound and defaulted by rising score; the largest distance between their cumulated shares, 0 where one is missing."""
    all_sound, all_bad = sum(sound for sound, _ in rows), sum(bad for _, bad in rows)
    if not all_sound or not all_bad:
        return 0.0
    sound = bad = 0
    largest = 0.0
    for some_sound, some_bad in rows:
        sound, bad = sound + some_sound, bad + some_bad
        largest = max(largest, bad / all_bad - sound / all_sound)
    return largest
