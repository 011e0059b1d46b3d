"""Who owns and who stands surety for whom: groups below a head, circles of ownership, rings of guarantees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from jiahe.city.chance import draw
from jiahe.city.population import Population

Ints = np.ndarray[Any, np.dtype[np.int64]]
Floats = np.ndarray[Any, np.dtype[np.float64]]
NOBODY = -1
RING = 5
GROUPED = 14  # one company in so many belongs to a group
HEADED = 80  # one company in so many heads one
CIRCLED = 100  # one company in so many begins a circle of three


@dataclass(frozen=True)
class Graph:
    """Firm i has two shareholders, its owner and another: `holder[i, k]` is a firm, or NOBODY where a person holds.

    `first_share` is the per cent that the first one holds; `next_in_ring` the firm that firm i stands surety for.
    """

    holder: Ints
    first_share: Floats
    next_in_ring: Ints

    @property
    def size(self) -> int:
        return len(self.first_share)

    def person(self, firm: Ints, place: Ints) -> Ints:
        """Whose owner is the person at a place of a firm; place 0 is the firm's own, so that people hold several."""
        other: Ints = np.where(place == 0, firm, (firm * 31 + place * 7919) % self.size)
        return other


def connect(population: Population, seed: int) -> Graph:
    rng = np.random.default_rng([seed, 6])
    firms = np.arange(population.count)
    holder = np.full((population.count, 2), NOBODY)
    companies = np.flatnonzero(population.kind == "1")
    _groups(rng, population, companies, holder)
    _circles(rng, companies, holder)
    share = np.round(51 + 44 * draw(seed, firms, "first share"), 2)
    return Graph(holder, share, _rings(population))


def _groups(rng: np.random.Generator, population: Population, companies: Ints, holder: Ints) -> None:
    """The largest companies head groups; a quarter of their members hang below another member."""
    by_size = companies[np.argsort(-population.sales[companies], kind="stable")]
    heads = by_size[: len(by_size) // HEADED]
    if not len(heads):
        return
    members = rng.permutation(by_size[len(heads) :])[: len(companies) // GROUPED]
    holder[members, 0] = rng.choice(heads, len(members))
    quarter = len(members) // 4
    if quarter:
        holder[members[:quarter], 0] = rng.choice(members[quarter:], quarter)


def _circles(rng: np.random.Generator, companies: Ints, holder: Ints) -> None:
    """Threes of companies, each of which holds a part of the next."""
    threes = rng.permutation(companies)[: len(companies) // CIRCLED * 3].reshape(-1, 3)
    for step in range(3):
        holder[threes[:, step], 1] = threes[:, (step + 1) % 3]


def _rings(population: Population) -> Ints:
    """Rings of five neighbours of one county; who is left over at the end joins the last ring."""
    by_county = np.argsort(population.county, kind="stable")
    following = np.empty(population.count, dtype=np.int64)
    for ring in np.array_split(by_county, max(1, population.count // RING)):
        following[ring] = np.roll(ring, -1)
    return following
