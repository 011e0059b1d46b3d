"""Take a product off the shelf, for a while or for good, and put it back."""

from __future__ import annotations

from django.db import transaction

from jiahe.kit.actor import Actor
from jiahe.products.actions.move import move_product, record
from jiahe.products.lifecycle import Action
from jiahe.products.models import Product
from jiahe.products.parties import require
from jiahe.products.queries.products import one
from jiahe.products.queries.versions import latest


def suspend(*, actor: Actor, number: str) -> Product:
    """Nobody can apply until it is resumed; orders that are under way go on."""
    return _shelve(actor, number, Action.SUSPEND)


def resume(*, actor: Actor, number: str) -> Product:
    return _shelve(actor, number, Action.RESUME)


def withdraw(*, actor: Actor, number: str) -> Product:
    """For good: a withdrawn product does not come back, and a version that waits is not decided any more."""
    return _shelve(actor, number, Action.WITHDRAW)


@transaction.atomic
def _shelve(actor: Actor, number: str, action: Action) -> Product:
    product = one(actor=actor, number=number)
    require(actor, action, product.institution.code)
    move_product(product, action)
    record(actor, action, product, product.current or latest(product))
    return product
