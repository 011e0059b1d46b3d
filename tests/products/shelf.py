"""Products for tests, with the least that each must have."""

from __future__ import annotations

from typing import Any

from jiahe.kit import clock
from jiahe.products.enums import ProductState, VersionState
from jiahe.products.models import Product, ProductVersion, Variant
from tests.people import bank


def on_shelf(
    number: str = "P1", *, institution: str = "bank-a", variant: dict[str, Any] | None = None, **terms: Any
) -> Product:
    """A product with an approved version of one variant, on the shelf."""
    now = clock.now()
    product = Product.objects.create(number=number, institution=bank(institution), created_at=now)
    made: dict[str, Any] = {"name": f"产品{number}", "kind": "unsecured", **terms}
    version = ProductVersion.objects.create(
        product=product,
        number=1,
        state=VersionState.APPROVED,
        drafted_at=now,
        submitted_at=now,
        decided_at=now,
        **made,
    )
    Variant.objects.create(version=version, position=1, **(variant or {}))
    product.current, product.state = version, ProductState.ON
    product.save()
    return product
