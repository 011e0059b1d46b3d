"""All features by code; a theme is a module, peers and related parties are made of the others."""

from __future__ import annotations

from functools import lru_cache

from jiahe.scoring.features import (
    courts,
    crossing,
    invoices,
    labour,
    peers,
    penalties,
    ratings,
    registration,
    related,
    sales,
    standing,
    statements,
    utilities,
)
from jiahe.scoring.features.model import Feature
from jiahe.scoring.features.peers import Peers
from jiahe.scoring.features.related import Related

Any = Feature | Peers | Related

THEMES = (
    registration,
    sales,
    invoices,
    statements,
    labour,
    utilities,
    courts,
    penalties,
    ratings,
    standing,
    crossing,
)


@lru_cache(maxsize=1)
def own() -> dict[str, Feature]:
    """What is worked out from an enterprise's own records."""
    every = [feature for theme in THEMES for feature in theme.FEATURES]
    found = {feature.code: feature for feature in every}
    if len(found) < len(every):
        codes = [feature.code for feature in every]
        raise ValueError(f"declared twice: {sorted({c for c in codes if codes.count(c) > 1})}")
    return found


@lru_cache(maxsize=1)
def every() -> dict[str, Any]:
    """All of them, in the order in which they are told."""
    made: list[Any] = [*own().values(), *(Peers(own()[code]) for code in peers.OF), *related.EVERY]
    return {one.code: one for one in made}
