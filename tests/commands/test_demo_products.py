"""The marketplace of the demonstration."""

from __future__ import annotations

from random import Random

import pytest

from jiahe.accounts.enums import Role
from jiahe.accounts.models import Organisation
from jiahe.commands import demo_products
from jiahe.commands.demo_people import BANK
from jiahe.commands.demo_terms import terms
from jiahe.kit import clock
from jiahe.products import stored
from jiahe.products.checks import completed, faults
from jiahe.products.models import Product, ProductVersion
from jiahe.products.queries.products import on_shelf
from tests.people import bank, person


def test_every_product_could_have_been_published() -> None:
    made = list(terms(Random(7), demo_products.PRODUCTS))
    assert [fault for one in made for fault in faults(one)] == []
    assert len({one.name for one in made}) == len(made)
    assert list(terms(Random(7), demo_products.PRODUCTS)) == made


@pytest.mark.django_db
def test_a_full_shelf_and_a_desk_with_work() -> None:
    person("head", Role.HEAD_ADMIN, bank(BANK))
    demo_products.publish()
    shown = list(on_shelf(clock.today()))
    assert len(shown) == demo_products.PRODUCTS - 1
    assert {product.generated for product in shown} == {True}
    assert Organisation.objects.filter(products__in=shown).distinct().count() == 30
    assert Product.objects.filter(star=True).count() == 8
    first = (
        Product.objects.filter(number__startswith="CPDEMO")
        .order_by("pk")
        .prefetch_related("current__variants", "current__fees")
    )
    kept = [stored.terms_of(p.current) for p in first if p.current]
    assert kept == [completed(one) for one in terms(Random(7), demo_products.PRODUCTS)]
    own = ProductVersion.objects.filter(product__institution__code=BANK)
    assert own.filter(state="submitted").count() == 2
    assert own.filter(state="draft").count() == 1
    assert Product.objects.filter(institution__code=BANK, state="suspended").count() == 1
    before = Product.objects.count()
    demo_products.publish()
    assert Product.objects.count() == before
