"""The authority's decision about a version: onto the shelf, or back with a reason."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from jiahe.accounts.typed import line
from jiahe.kit import clock
from jiahe.kit.actor import Actor
from jiahe.products.actions.move import move_product, move_version, record
from jiahe.products.enums import VersionState
from jiahe.products.lifecycle import Action
from jiahe.products.models import ProductVersion
from jiahe.products.parties import require
from jiahe.products.queries.products import one
from jiahe.products.queries.versions import version_of

LONGEST_REASON = 300


@transaction.atomic
def approve(*, actor: Actor, number: str, version: int) -> ProductVersion:
    """It takes the place of the version approved before, at once; a suspended product stays suspended."""
    product = one(actor=actor, number=number)
    require(actor, Action.APPROVE, product.institution.code)
    approved = version_of(product, version, actor=actor)
    move_product(product, Action.APPROVE, current=approved)
    for old in product.versions.filter(state=VersionState.APPROVED):
        move_version(old, Action.REPLACE)
    move_version(approved, Action.APPROVE, decided_at=clock.now(), decided_by_id=actor.user_id)
    record(actor, Action.APPROVE, product, approved)
    return approved


@transaction.atomic
def reject(*, actor: Actor, number: str, version: int, reason: str) -> ProductVersion:
    """The institution reads the reason; what is on the shelf stays. Raises as `typed.line` for the reason."""
    product = one(actor=actor, number=number)
    require(actor, Action.REJECT, product.institution.code)
    rejected, said = version_of(product, version, actor=actor), line(reason, _("原因"), LONGEST_REASON)
    move_product(product, Action.REJECT)
    decided = {"decided_at": clock.now(), "decided_by_id": actor.user_id, "reason": said}
    move_version(rejected, Action.REJECT, **decided)
    record(actor, Action.REJECT, product, rejected, said)
    return rejected
