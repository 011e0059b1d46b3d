"""The shipped catalogue against the frame that it has to fill: what a city gathers, and from whom."""

import csv
from pathlib import Path

import pytest

from jiahe.catalogue import load
from jiahe.catalogue.problems import problems

FRAME = {
    row["category"]: row
    for row in csv.DictReader((Path(__file__).parent / "frame.csv").read_text(encoding="utf-8").splitlines())
}


def test_it_has_the_departments_and_categories_of_the_frame() -> None:
    catalogue = load()
    assert [d.code for d in catalogue.departments] == [f"{n:02}" for n in range(1, 28)]
    assert list(catalogue.categories) == sorted(FRAME)
    assert len(FRAME) == 104
    assert catalogue.item_count >= 1300


@pytest.mark.parametrize("code", FRAME)
def test_a_category_is_as_the_frame_says(code: str) -> None:
    category, frame = load().categories[code], FRAME[code]
    assert {
        "category": category.code,
        "name": category.name.zh,
        "section": category.section.value,
        "frequency": category.frequency.value,
        "authorisation": category.authorisation.value,
        "negative": "Y" if category.negative else "N",
        "retention": category.retention.value,
    } == {name: value for name, value in frame.items() if name != "least_items"}
    assert len(category.items) >= int(frame["least_items"])


def test_nothing_is_wrong_with_it() -> None:
    assert problems(load()) == []
