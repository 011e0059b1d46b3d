"""Versions of a product, and those that wait for the authority."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from jiahe.accounts.enums import Role
from jiahe.kit.actor import Actor
from jiahe.products.enums import ProductState, VersionState
from jiahe.products.errors import NoSuchProduct
from jiahe.products.lifecycle import OPEN
from jiahe.products.models import Product, ProductVersion


def version_of(product: Product, number: int, *, actor: Actor) -> ProductVersion:
    """`NoSuchProduct` for a version that is not there; a draft is its institution's own."""
    found = product.versions.filter(number=number).first()
    own = actor.organisation == product.institution.code
    if found is None or (found.state == VersionState.DRAFT and not own):
        raise NoSuchProduct(number=f"{product.number}-{number}")
    return found


def latest(product: Product) -> ProductVersion:
    """The one that was begun last."""
    return product.versions.order_by("-number")[0]


def history(product: Product) -> list[ProductVersion]:
    """All of them, the newest first, with what a sheet needs."""
    found = product.versions.select_related("product").prefetch_related("variants", "fees")
    return list(found.order_by("-number"))


def open_versions(products: Iterable[Product]) -> dict[int, ProductVersion]:
    """The draft or waiting version of each product that has one, by the product's key."""
    found = ProductVersion.objects.filter(product__in=[p.pk for p in products], state__in=[s.value for s in OPEN])
    return {version.product_id: version for version in found.prefetch_related("variants", "fees")}


def waiting(*, actor: Actor) -> QuerySet[ProductVersion]:
    """What a supervisor has to decide, the longest wait first; nothing for anybody else."""
    found = ProductVersion.objects.select_related("product__institution")
    if actor.role != Role.SUPERVISOR:
        return found.none()
    undecided = found.filter(state=VersionState.SUBMITTED).exclude(product__state=ProductState.WITHDRAWN)
    return undecided.order_by("submitted_at", "pk")


def approved(*, actor: Actor) -> QuerySet[ProductVersion]:
    """The version of every product that was approved last, the newest decision first; for a supervisor."""
    found = ProductVersion.objects.select_related("product__institution").filter(state=VersionState.APPROVED)
    return found.order_by("-decided_at", "-pk") if actor.role == Role.SUPERVISOR else found.none()
