"""Ownership and guarantees are a graph: groups, circles and rings that can be found."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from jiahe.city.build import Order, city
from jiahe.city.graph import NOBODY, RING, Graph, connect

ORDER = Order(1_000, 60_000, 7, Path("nowhere"))


def graph() -> Graph:
    return city(ORDER).graph


def test_the_same_seed_gives_the_same_graph() -> None:
    again = connect(city(ORDER).population, 7)
    assert np.array_equal(again.holder, graph().holder)
    assert not np.array_equal(connect(city(ORDER).population, 8).holder, graph().holder)


def test_only_companies_own_and_are_owned_and_none_owns_itself() -> None:
    holder, kind = graph().holder, city(ORDER).population.kind
    owned, place = np.nonzero(holder != NOBODY)
    assert set(kind[owned]) == {"1"}
    assert set(kind[holder[owned, place]]) == {"1"}
    assert not (holder[owned, place] == owned).any()


def test_groups_hang_below_heads_on_two_levels_at_most() -> None:
    first = graph().holder[:, 0]
    members = np.flatnonzero(first != NOBODY)
    above = first[first[members]]
    assert (above == NOBODY).any()
    assert (above != NOBODY).any()
    assert (first[above[above != NOBODY]] == NOBODY).all()


def test_circles_of_three_come_back_to_where_they_began() -> None:
    second = graph().holder[:, 1]
    inside = np.flatnonzero(second != NOBODY)
    assert len(inside) >= 3
    assert np.array_equal(second[second[second[inside]]], inside)


def test_rings_of_guarantees_close_within_a_handful_of_neighbours() -> None:
    following = graph().next_in_ring
    assert np.array_equal(np.sort(following), np.arange(ORDER.enterprises))
    here, steps = following.copy(), np.ones(ORDER.enterprises, dtype=int)
    for _ in range(RING + 1):
        open_ones = here != np.arange(ORDER.enterprises)
        here, steps = np.where(open_ones, following[here], here), steps + open_ones
    assert set(steps) <= {RING, RING + 1}
