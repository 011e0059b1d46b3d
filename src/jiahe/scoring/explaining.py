"""Why an enterprise has its score, what changed it, and what would raise it most: from what was told and the card."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from jiahe.scoring.card import Bin, Card, Characteristic, probability, reasons
from jiahe.scoring.features import words
from jiahe.scoring.models import Told
from jiahe.scoring.telling import numbers

MOST = 5


@dataclass(frozen=True)
class Reason:
    """One characteristic: what it gives against an average enterprise, or would give, or gave before."""

    code: str
    name: str
    points: int
    value: str
    sentence: str
    meaning: str = ""


@dataclass(frozen=True)
class Explanation:
    """`strengths` and `weaknesses` are the strongest first; so are `improvements`."""

    sentence: str
    probability: float
    strengths: tuple[Reason, ...]
    weaknesses: tuple[Reason, ...]
    improvements: tuple[Reason, ...]


def explanation(told: Told, card: Card) -> Explanation:
    """Of one that is scored by this card."""
    assert told.score is not None
    known = dict(zip(card.codes, numbers(told.known), strict=True))
    given = dict(zip(card.codes, _points(told), strict=True))
    found = [_reason(code, points, known[code]) for code, points in reasons(card, given).items()]
    found.sort(key=lambda r: (-abs(r.points), r.code))
    better = sorted(_improvements(card, given), key=lambda r: (-r.points, r.code))
    return Explanation(
        sentence(told),
        probability(card, told.score),
        tuple(r for r in found if r.points > 0)[:MOST],
        tuple(r for r in found if r.points < 0)[:MOST],
        tuple(better)[:MOST],
    )


def sentence(told: Told) -> str:
    """712 分 · 第 3 档, and the place among peers where there is one."""
    said = _("{score} 分 · 第 {band} 档").format(score=told.score, band=told.band)
    if told.position is None or not told.peers:
        return said
    place = _("同业第 {position} / {peers} 家").format(position=f"{told.position:,}", peers=f"{told.peers:,}")
    return f"{said} · {place}"


def changes(now: Told, before: Told, card: Card) -> tuple[Reason, ...]:
    """What moved the score between two runs of the same card, the strongest first."""
    if now.card != before.card or not now.points or not before.points:
        return ()
    pairs = zip(card.codes, _points(now), _points(before), numbers(now.known), numbers(before.known), strict=True)
    moved = [_moved(code, a - b, value, old) for code, a, b, value, old in pairs if a != b]
    return tuple(sorted(moved, key=lambda r: (-abs(r.points), r.code)))


def _points(told: Told) -> list[int]:
    return [one for one in numbers(told.points) if one is not None]


def _reason(code: str, points: int, value: int | None) -> Reason:
    text = _("{name}：{value}").format(name=words.name(code), value=words.said(code, value))
    return Reason(code, words.name(code), points, words.said(code, value), text, words.meaning(code))


def _moved(code: str, points: int, value: int | None, old: int | None) -> Reason:
    text = _("{name}由 {old} 变为 {value}").format(
        name=words.name(code), old=words.said(code, old), value=words.said(code, value)
    )
    return Reason(code, words.name(code), points, words.said(code, value), text)


def _improvements(card: Card, given: dict[str, int]) -> Iterator[Reason]:
    """For each characteristic that the enterprise can change, the bin that gives most.

    Only of those declared to speak one way: where the data alone gave the points, a goal would be chance.
    """
    for one in (c for c in card.characteristics if c.direction):
        best = max(range(len(one.bins)), key=lambda i: one.bins[i].points)
        gain = one.bins[best].points - given[one.code]
        if gain > 0 and words.changes_by_acting(one.code):
            goal = _goal(one, best)
            said = _("{name}达到 {goal}") if best else _("{name}为 {goal}")
            text = said.format(name=words.name(one.code), goal=goal)
            yield Reason(one.code, words.name(one.code), gain, goal, text, words.meaning(one.code))


def _goal(one: Characteristic, best: int) -> str:
    low = one.bins[best - 1].below if best else None
    high: Bin = one.bins[best]
    if low is None:
        return _("{high} 以下").format(high=words.said(one.code, high.below))
    if high.below is None:
        return _("{low} 及以上").format(low=words.said(one.code, low))
    return _("{low} 至 {high}").format(low=words.said(one.code, low), high=words.said(one.code, high.below))
