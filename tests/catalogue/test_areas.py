"""Which area lies in which."""

from __future__ import annotations

import pytest

from jiahe.catalogue import load
from jiahe.catalogue.areas import covers, stem


@pytest.mark.parametrize(
    ("region", "within"),
    [("330421", True), ("330400", True), ("330000", True), ("330402", False), ("330500", False), ("320000", False)],
)
def test_a_city_s_code_and_a_province_s_cover_the_county(region: str, within: bool) -> None:
    assert covers(region, "330421") is within


@pytest.mark.parametrize(
    ("code", "beginning"),
    [
        ("330000", "33"),
        ("330400", "3304"),
        ("330421", "330421"),
        ("330402100", "330402100"),
        ("330402100000", "330402100"),
    ],
)
def test_noughts_that_only_fill_a_code_are_left_out(code: str, beginning: str) -> None:
    assert stem(code) == beginning


def test_it_says_what_the_catalogue_s_tree_says() -> None:
    """Every area lies in its parents, and in no other area of the list."""
    areas = load().code_lists["area"].by_code
    for code, value in areas.items():
        above, parent = {code}, value.parent
        while parent:
            above.add(parent)
            parent = areas[parent].parent
        assert {region for region in areas if covers(region, code)} == above
