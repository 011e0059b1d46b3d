"""Hand a draft in for approval; from then on its terms never change."""

from __future__ import annotations

from django.db import transaction

from jiahe.kit import clock
from jiahe.kit.actor import Actor
from jiahe.products.actions.move import move_product, move_version, record
from jiahe.products.lifecycle import Action
from jiahe.products.models import ProductVersion
from jiahe.products.parties import require, require_active
from jiahe.products.queries.products import one
from jiahe.products.queries.versions import version_of


@transaction.atomic
def submit(*, actor: Actor, number: str, version: int) -> ProductVersion:
    """The version that the actor saw; `StateChanged` where it is no draft any more."""
    product = one(actor=actor, number=number)
    require(actor, Action.SUBMIT, product.institution.code)
    require_active(product.institution)
    submitted = version_of(product, version, actor=actor)
    move_product(product, Action.SUBMIT)
    move_version(submitted, Action.SUBMIT, submitted_at=clock.now(), submitted_by_id=actor.user_id)
    record(actor, Action.SUBMIT, product, submitted)
    return submitted
