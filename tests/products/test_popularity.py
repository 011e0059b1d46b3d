"""Applications counted, and the stars."""

from __future__ import annotations

import pytest

from jiahe.kit.actor import Actor
from jiahe.products.actions.popularity import rank
from jiahe.products.models import Product
from tests.products import shelf


@pytest.mark.django_db
def test_the_most_applied_for_are_stars() -> None:
    for n in range(11):
        shelf.on_shelf(f"P{n}")
    rank(actor=Actor.system(), applications={f"P{n}": n for n in range(11)})
    assert set(Product.objects.filter(star=True).values_list("number", flat=True)) == {f"P{n}" for n in range(3, 11)}
    rank(actor=Actor.system(), applications={"P0": 2})
    assert list(Product.objects.filter(star=True).values_list("number", "applications")) == [("P0", 2)]
    assert not Product.objects.exclude(number="P0").exclude(applications=0).exists()
