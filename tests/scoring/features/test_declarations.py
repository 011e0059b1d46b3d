"""What is declared of every feature, so that people and machines can rely on it."""

from __future__ import annotations

from collections import Counter

import pytest

from jiahe.catalogue import Authorisation, ItemType, load
from jiahe.scoring import features
from jiahe.scoring.features.model import Family, Feature, Function

OWN = list(features.own().values())
NUMBERS = (ItemType.INTEGER, ItemType.DECIMAL)


def test_there_are_at_least_two_hundred_of_every_family() -> None:
    assert len(features.every()) >= 200
    assert set(Counter(f.family for f in OWN)) == set(Family) - {Family.PEERS, Family.RELATED}
    assert {f.window.months for f in OWN} >= {6, 12, 24, 36, None}


def test_names_tell_features_apart_in_both_languages() -> None:
    for language in ("zh", "en"):
        names = Counter(getattr(f.name, language) for f in features.every().values())
        assert [name for name, count in names.items() if count > 1 or not name] == []
        assert all(getattr(f.meaning, language) for f in features.every().values())


@pytest.mark.parametrize("feature", OWN, ids=lambda f: f.code)
def test_a_feature_rests_on_items_and_codes_that_the_catalogue_has(feature: Feature) -> None:
    known = load()
    for aggregate in feature.inputs:
        items = known.categories[aggregate.category].by_code
        if aggregate.item and not aggregate.ranks:
            assert items[aggregate.item].type in NUMBERS
        if aggregate.function in (Function.SUM, Function.MAX, Function.MIN, Function.LATEST):
            assert aggregate.item
        stated = [(where.item, v) for where in aggregate.where for v in where.values]
        stated += [(aggregate.item, code) for code, _ in aggregate.ranks]
        for item, value in stated:
            if codes := items[item].codes:
                assert value is None or value in known.code_lists[codes].by_code
            else:
                assert value is None or items[item].type is ItemType.BOOLEAN


def test_nothing_rests_on_what_is_a_private_persons_own() -> None:
    assert {f.authorisation for f in OWN} == {Authorisation.P0, Authorisation.A1, Authorisation.A2}
