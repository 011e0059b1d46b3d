"""All features of all enterprises on a day, on the engine whose frames the lake gives.

Each category is read once, category by category; the engine keeps what is between the steps, so that no plan grows with the
number of features. Peers and related parties come last, because they look at everybody's features.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

import narwhals.stable.v2 as nw

from jiahe.catalogue import Category, load
from jiahe.lake.engines.frames import Frame, Frames
from jiahe.lake.tables import LakeTable
from jiahe.scoring import features as registry
from jiahe.scoring.features import related, sizing
from jiahe.scoring.features.aggregation import expression, own_features
from jiahe.scoring.features.model import Feature
from jiahe.scoring.features.peers import Peers, with_peers
from jiahe.scoring.features.population import COLUMNS, population
from jiahe.scoring.features.records import usable
from jiahe.scoring.features.related import Related, with_related


@dataclass(frozen=True)
class Wanted:
    """What is asked for, and what that rests on."""

    codes: tuple[str, ...]
    own: tuple[Feature, ...]
    peers: tuple[Peers, ...]
    related: tuple[Related, ...]


def wanted(codes: Collection[str] | None) -> Wanted:
    """The features of these codes, all of them for None, with those they are made of."""
    every = registry.every()
    asked = list(every) if codes is None else [code for code in every if code in codes]
    compared = [one for code in asked if isinstance(one := every[code], Peers)]
    linked = [one for code in asked if isinstance(one := every[code], Related)]
    below = {one.of.code for one in compared} | (related.needs() if linked else set()) | set(sizing.READ)
    own = [f for code, f in registry.own().items() if code in asked or code in below]
    return Wanted(tuple(asked), tuple(own), tuple(compared), tuple(linked))


def categories_of(codes: Collection[str]) -> list[Category]:
    """The categories that some features rest on, directly or by what they are made of."""
    used = {category for feature in wanted(codes).own for category in feature.categories}
    return [category for code, category in load().categories.items() if code in used]


@dataclass(frozen=True)
class Part:
    """Some enterprises out of all: their serials, and the features of everybody as they were made last."""

    serials: Frame
    everybody: Frame


def calculate(lake: Frames, as_of: date, codes: Collection[str] | None = None, part: Part | None = None) -> Frame:
    """One row for each enterprise: `population`'s columns, then the features asked for as `int64`.

    Of a part, only its enterprises; peers and related parties are then those of the last time.
    """
    asked = wanted(codes)
    only = part.serials if part else None
    people = lake.keep(population(lake, as_of, only))
    frame = lake.keep(own(lake, people, asked.own, as_of, only))
    if part and (asked.related or asked.peers):
        others = part.everybody.join(part.serials, on="_serial", how="anti").select(*frame.columns)
        frame = lake.keep(nw.concat([frame, others], how="vertical"))
    if asked.related:
        frame = lake.keep(with_related(lake, frame, as_of))
    found = with_peers(lake, frame, asked.peers).select(*COLUMNS, *asked.codes)
    return found.join(part.serials, on="_serial", how="semi") if part else found


def own(lake: Frames, people: Frame, features: Sequence[Feature], as_of: date, only: Frame | None) -> Frame:
    """The population with what each enterprise's own records tell; nobody delivers: nothing is known."""
    known = load().categories
    used = [known[code] for code in known if any(code in f.categories for f in features)]
    delivered = {c.code for c in used if LakeTable(c).version() >= 0}
    possible = [f for f in features if delivered.issuperset(f.categories)]
    reads = [(c, [f for f in possible if c.code in f.categories]) for c in used if c.code in delivered]
    parts = [lake.keep(own_features(usable(lake, c, as_of, only), c, mine, as_of)) for c, mine in reads if mine]
    frame = lake.beside(people, parts)
    frame = frame.select(*COLUMNS, *(_told(f) if f in possible else _unknown(f) for f in features))
    sized = frame.with_columns(*sizing.indicators()).with_columns(sizing.size())
    return sized.select(*COLUMNS, *(f.code for f in features))


def _told(feature: Feature) -> nw.Expr:
    """What several categories tell together is worked out here; of one category it is there already."""
    found = nw.col(feature.code) if len(feature.categories) == 1 else expression(feature)
    return found.fill_null(0) if feature.zero else found


def _unknown(feature: Feature) -> nw.Expr:
    return nw.lit(None, dtype=nw.Int64).alias(feature.code)
