"""Versions of a product, and those that wait for the authority."""

from __future__ import annotations

from django.db.models import QuerySet

from jiahe.accounts.enums import Role
from jiahe.kit.actor import Actor
from jiahe.products.enums import ProductState, VersionState
from jiahe.products.errors import NoSuchProduct
from jiahe.products.models import Product, ProductVersion


def version_of(product: Product, number: int) -> ProductVersion:
    """`NoSuchProduct` for a version that is not there."""
    found = product.versions.filter(number=number).first()
    if found is None:
        raise NoSuchProduct(number=f"{product.number}-{number}")
    return found


def latest(product: Product) -> ProductVersion:
    """The one that was begun last."""
    return product.versions.order_by("-number")[0]


def waiting(*, actor: Actor) -> QuerySet[ProductVersion]:
    """What a supervisor has to decide, the longest wait first; nothing for anybody else."""
    found = ProductVersion.objects.select_related("product__institution")
    if actor.role != Role.SUPERVISOR:
        return found.none()
    undecided = found.filter(state=VersionState.SUBMITTED).exclude(product__state=ProductState.WITHDRAWN)
    return undecided.order_by("submitted_at", "pk")
