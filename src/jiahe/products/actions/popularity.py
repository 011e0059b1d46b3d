"""How often each product is applied for, and which are the stars."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from jiahe.kit import clock
from jiahe.kit.actor import Actor
from jiahe.kit.parameters import value
from jiahe.products.models import Product

BATCH = 500


@transaction.atomic
def rank(*, actor: Actor, applications: Mapping[str, int]) -> None:
    """Write the number of applications for each product, by its number; the most applied for become stars.

    Whoever counts applications calls it for the platform; it is no decision, and the journal does not hold it.
    """
    assert actor == Actor.system(actor.channel)
    products = list(Product.objects.order_by("pk").select_for_update(no_key=True))
    for product in products:
        product.applications = applications.get(product.number, 0)
    wanted = [p for p in products if p.applications]
    stars = sorted(wanted, key=lambda p: (-p.applications, p.pk))[: value("product_stars", on=clock.today())]
    for product in products:
        product.star = product in stars
    Product.objects.bulk_update(products, ["applications", "star"], batch_size=BATCH)
