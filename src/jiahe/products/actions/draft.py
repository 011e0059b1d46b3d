"""Write down what a product is to be: a new one, or the next version of one that is there."""

from __future__ import annotations

import secrets

from django.db import transaction
from django.utils.translation import gettext as _

from jiahe.accounts.models import Organisation
from jiahe.kit import clock
from jiahe.kit.actor import Actor
from jiahe.products import stored
from jiahe.products.actions.move import move_product, record
from jiahe.products.checks import completed, faults
from jiahe.products.enums import VersionState
from jiahe.products.errors import EditedMeanwhile, StateChanged, WrongTerms
from jiahe.products.lifecycle import OPEN, Action
from jiahe.products.models import Product, ProductVersion
from jiahe.products.parties import require, require_active
from jiahe.products.queries.products import one
from jiahe.products.terms import Terms


@transaction.atomic
def draft(*, actor: Actor, terms: Terms, number: str = "", seen: str | None = None) -> ProductVersion:
    """The open draft of a product, with these terms; without a number that of a new product.

    Where the product has none, a version is begun; the one on the shelf stays as it is. `WrongTerms` says what is
    wrong with each field; `StateChanged` while a version waits for approval; `EditedMeanwhile` where `seen`, the `mark` of
    the version that the editor began with, is no longer that of the latest.
    """
    product = one(actor=actor, number=number) if number else None
    require(actor, Action.DRAFT, product.institution.code if product else actor.organisation)
    institution = Organisation.objects.get(code=actor.organisation)
    require_active(institution)
    if wrong := faults(terms):
        raise WrongTerms(wrong)
    if product is None:
        product = Product.objects.create(number=new_number(), institution=institution, created_at=clock.now())
    version = _open_version(actor, product, completed(terms), seen)
    record(actor, Action.DRAFT, product, version)
    return version


def _open_version(actor: Actor, product: Product, terms: Terms, seen: str | None) -> ProductVersion:
    """The product's row stays locked until the end, so that nobody submits half of what is written."""
    move_product(product, Action.DRAFT)
    version = product.versions.filter(state__in=[s.value for s in OPEN]).first()
    if seen is not None:
        _assert_unchanged(product, seen)
    if version is None:
        last = product.versions.order_by("-number").values_list("number", flat=True).first()
        version = ProductVersion(product=product, number=(last or 0) + 1)
    elif version.state != VersionState.DRAFT:
        raise StateChanged(number=product.number, state=version.get_state_display())
    for name, value in stored.values(terms).items():
        setattr(version, name, value)
    version.drafted_at, version.drafted_by_id = clock.now(), actor.user_id
    version.save()
    version.variants.all().delete()
    version.fees.all().delete()
    stored.save_rows([stored.rows(version, terms)])
    return version


def _assert_unchanged(product: Product, seen: str) -> None:
    last = product.versions.select_related("drafted_by").order_by("-number").first()
    if last is not None and last.mark != seen:
        name = last.drafted_by.name if last.drafted_by else _("平台")
        raise EditedMeanwhile(name=name, at=f"{last.drafted_at.astimezone(clock.ZONE):%m-%d %H:%M}")


def new_number() -> str:
    return f"CP{clock.today():%Y%m%d}{secrets.token_hex(4).upper()}"
