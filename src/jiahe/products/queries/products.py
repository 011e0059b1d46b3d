"""Products as those who may see them do."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from jiahe.accounts.enums import ROLES, OrganisationKind, OrganisationState, Role
from jiahe.kit import clock
from jiahe.kit.actor import Actor
from jiahe.products.enums import ProductState
from jiahe.products.errors import NoSuchProduct
from jiahe.products.models import Product


def on_shelf(today: date) -> QuerySet[Product]:
    """What everybody sees, each with `current`, `institution` and, prefetched, `current.variants` and `current.fees`.

    Neither products outside the days for which their terms hold, nor those of an institution that is not active.
    """
    begun = Q(current__valid_from=None) | Q(current__valid_from__lte=today)
    not_over = Q(current__valid_until=None) | Q(current__valid_until__gte=today)
    return _whole(
        Product.objects.filter(
            begun, not_over, state=ProductState.ON, institution__state=OrganisationState.ACTIVE
        ).order_by("pk")
    )


def visible_to(actor: Actor) -> QuerySet[Product]:
    """A supervisor sees all, an institution its own in every state, anybody else what is on the shelf."""
    if actor.role == Role.SUPERVISOR:
        return _whole(Product.objects.order_by("-pk"))
    if actor.role in ROLES[OrganisationKind.INSTITUTION]:
        return _whole(Product.objects.filter(institution__code=actor.organisation).order_by("-pk"))
    return on_shelf(clock.today())


def one(*, actor: Actor, number: str) -> Product:
    """`NoSuchProduct` alike for one that is not there and one that the actor does not see."""
    found = visible_to(actor).filter(number=number).first()
    if found is None:
        raise NoSuchProduct(number=number[:24])
    return found


def _whole(products: QuerySet[Product]) -> QuerySet[Product]:
    return products.select_related("institution", "current").prefetch_related("current__variants", "current__fees")
