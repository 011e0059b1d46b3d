"""Rules of institutions: their own, and those that are in force."""

from __future__ import annotations

from django.db.models import QuerySet

from jiahe.accounts.enums import OrganisationState
from jiahe.financing.precredit.enums import RuleState
from jiahe.financing.precredit.errors import NoSuchRule
from jiahe.financing.precredit.models import LimitRule
from jiahe.kit import clock
from jiahe.kit.actor import Actor
from jiahe.products.enums import GuaranteeKind
from jiahe.products.models import Product
from jiahe.products.queries.products import on_shelf


def own(actor: Actor) -> QuerySet[LimitRule]:
    """Those of the actor's institution, the newest first."""
    found = LimitRule.objects.filter(institution__code=actor.organisation)
    return found.select_related("institution", "drafted_by", "published_by").order_by("-number")


def one(*, actor: Actor, number: int) -> LimitRule:
    found = own(actor).filter(number=number).first()
    if found is None:
        raise NoSuchRule(number=number)
    return found


def in_force() -> QuerySet[LimitRule]:
    """The published rule of every active institution that takes part, by the institution's name."""
    found = LimitRule.objects.filter(state=RuleState.PUBLISHED, institution__state=OrganisationState.ACTIVE)
    return found.select_related("institution").prefetch_related("products").order_by("institution__name", "pk")


def lendable(institution: str) -> list[Product]:
    """Products on the shelf of an institution that are, or may be, unsecured."""
    found = on_shelf(clock.today()).filter(institution__code=institution)
    return [product for product in found if _unsecured(product)]


def _unsecured(product: Product) -> bool:
    assert product.current is not None
    named = [variant.guarantees for variant in product.current.variants.all()]
    return any(guarantees is None or GuaranteeKind.CREDIT in guarantees for guarantees in named)
