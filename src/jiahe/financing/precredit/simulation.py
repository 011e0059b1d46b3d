"""What another indicator system would change for the whole city: counts and sums only, and none of a small group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import narwhals.stable.v2 as nw

from jiahe.financing.precredit.models import LimitRule
from jiahe.financing.precredit.queries.rules import in_force
from jiahe.kit import clock, parameters
from jiahe.kit.actor import Actor
from jiahe.scoring.points.limit import limit_of
from jiahe.scoring.points.parties import require
from jiahe.scoring.points.queries.known import city
from jiahe.scoring.points.queries.versions import published
from jiahe.scoring.points.system import System, total

BANDS = 5
# Sums are told in whole millions of yuan, so that two simulations never differ by one enterprise's limit.
MONEY = 1_000_000
Count = int | None  # None: a group that is too small to be told


@dataclass(frozen=True)
class Money:
    """Of one institution: how many have a limit, and how much in all (yuan), before and after."""

    rule: LimitRule
    before: Count
    after: Count
    sum_before: Count
    sum_after: Count


@dataclass(frozen=True)
class Simulation:
    """`bands` are fifths of the highest points; `swaps[before][after]` counts who would move from one to another."""

    enterprises: Count
    up: Count
    same: Count
    down: Count
    before: tuple[Count, ...]
    after: tuple[Count, ...]
    swaps: tuple[tuple[Count, ...], ...]
    money: tuple[Money, ...]
    least_group: int


def simulate(*, actor: Actor, after: System) -> Simulation:
    """`after` in the place of the system that is published now; where none is, everybody has no points before."""
    require(actor)
    current = published()
    before = current.system if current else None
    rules = list(in_force())
    codes = [*(before.features if before else ()), *after.features, *(rule.base for rule in rules)]
    frame = nw.from_native(city(codes), eager_only=True)
    frame = frame.with_columns(_b=total(before) if before else nw.lit(0), _a=total(after)).with_columns(
        *(limit_of(rule.formula, nw.col(side)).alias(f"{side}{rule.pk}") for rule in rules for side in ("_b", "_a"))
    )
    least = parameters.value("points_least_group", on=clock.today())
    pairs = list(zip(frame["_b"].to_list(), frame["_a"].to_list(), strict=True))
    cells = Counter((_band(b, before.most if before else 0), _band(a, after.most)) for b, a in pairs)
    told = partial(_told, least=least)
    places = range(BANDS)
    return Simulation(
        enterprises=told(len(pairs)),
        up=told(sum(a > b for b, a in pairs)),
        same=told(sum(a == b for b, a in pairs)),
        down=told(sum(a < b for b, a in pairs)),
        before=tuple(told(sum(cells[b, a] for a in places)) for b in places),
        after=tuple(told(sum(cells[b, a] for b in places)) for a in places),
        swaps=tuple(tuple(told(cells[b, a]) for a in places) for b in places),
        money=tuple(
            _money(rule, frame[f"_b{rule.pk}"].to_list(), frame[f"_a{rule.pk}"].to_list(), least) for rule in rules
        ),
        least_group=least,
    )


def bands(most: int) -> list[tuple[int, int]]:
    """The least and the highest points of each band."""
    bounds = [-(-most * place // BANDS) for place in range(BANDS)]
    return [(low, high - 1) for low, high in zip(bounds, [*bounds[1:], most + 1], strict=True)]


def _band(points: int, most: int) -> int:
    return min(points * BANDS // most, BANDS - 1) if most else 0


def _told(count: int, least: int) -> Count:
    """A count as it may be told: to the nearest multiple of the least group, and nothing of a smaller one, so that no
    small group follows from the difference of two others."""
    rounded = (count + least // 2) // least * least
    return rounded if count == 0 or count >= least else None


def _money(rule: LimitRule, before: Sequence[int | None], after: Sequence[int | None], least: int) -> Money:
    sides = [[amount for amount in side if amount] for side in (before, after)]
    counts = [_told(len(side), least) for side in sides]
    sums = [
        None if count is None else (sum(side) + MONEY // 2) // MONEY * MONEY
        for count, side in zip(counts, sides, strict=True)
    ]
    return Money(rule, counts[0], counts[1], sums[0], sums[1])
