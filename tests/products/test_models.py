"""What the database itself refuses."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from jiahe.accounts.enums import OrganisationState, Role
from jiahe.accounts.models import Organisation
from jiahe.kit import clock
from jiahe.kit.actor import Actor
from jiahe.products.enums import ProductState, VersionState
from jiahe.products.errors import NoSuchProduct
from jiahe.products.models import Fee, Product, ProductVersion, Variant
from jiahe.products.queries.products import on_shelf, one, visible_to
from tests.products import shelf

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount_from": Decimal(-1)},
        {"amount_to": Decimal(0)},
        {"amount_from": Decimal(2), "amount_to": Decimal(1)},
        {"term_from": 0},
        {"term_to": 0},
        {"term_from": 13, "term_to": 12},
        {"rate_from": Decimal("-0.1")},
        {"rate_to": Decimal(-1)},
        {"rate_from": Decimal("4.36"), "rate_to": Decimal("4.35")},
        {"guarantee_fee": Decimal(-1)},
        {"spread_from": 10},
        {"lpr_term": "1Y"},
        {"lpr_term": "3Y", "lpr_on": TODAY},
        {"lpr_term": "1Y", "lpr_on": TODAY, "spread_from": 20, "spread_to": 10},
    ],
)
def test_a_variant_that_cannot_be(wrong: dict[str, Any]) -> None:
    version = shelf.on_shelf().current
    assert version
    with pytest.raises(IntegrityError), transaction.atomic():
        Variant.objects.create(version=version, position=2, **wrong)
    assert version.variants.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "magic"},
        {"state": "lost"},
        {"valid_from": TODAY, "valid_until": TODAY - timedelta(days=1)},
        {"state": "rejected", "reason": ""},
        {"decided_at": None},
        {"submitted_at": None},
    ],
)
def test_a_version_that_cannot_be(wrong: dict[str, Any]) -> None:
    version = shelf.on_shelf().current
    assert version
    with pytest.raises(IntegrityError), transaction.atomic():
        ProductVersion.objects.filter(pk=version.pk).update(**wrong)


def test_one_open_and_one_approved_version_of_a_product() -> None:
    product, now = shelf.on_shelf(), clock.now()
    kept = {"product": product, "name": "甲", "kind": "bill", "drafted_at": now}
    ProductVersion.objects.create(number=2, **kept)
    with pytest.raises(IntegrityError), transaction.atomic():
        ProductVersion.objects.create(number=3, state=VersionState.SUBMITTED, submitted_at=now, **kept)
    with pytest.raises(IntegrityError), transaction.atomic():
        ProductVersion.objects.create(number=3, state=VersionState.APPROVED, submitted_at=now, decided_at=now, **kept)
    assert list(product.versions.values_list("number", flat=True).order_by("number")) == [1, 2]


def test_the_shelf_holds_nothing_without_a_version() -> None:
    product = shelf.on_shelf()
    with pytest.raises(IntegrityError), transaction.atomic():
        Product.objects.filter(pk=product.pk).update(current=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Product.objects.filter(pk=product.pk).update(state=ProductState.NEW)


@pytest.mark.parametrize("wrong", [{"amount": Decimal(-1)}, {"timing": "daily"}, {"unit": "dollar"}])
def test_a_fee_that_cannot_be(wrong: dict[str, Any]) -> None:
    kept = {"version": shelf.on_shelf().current, "position": 1, "name": "评估费", "timing": "once", "unit": "yuan"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Fee.objects.create(**kept | wrong)


def test_only_credit_alone_is_unsecured() -> None:
    assert Variant(guarantees=["credit"]).unsecured
    assert not Variant(guarantees=["credit", "mortgage"]).unsecured
    assert not Variant(guarantees=None).unsecured


def test_what_stands_on_the_shelf_today() -> None:
    shown = shelf.on_shelf("P1", valid_from=TODAY, valid_until=TODAY)
    shelf.on_shelf("P2", valid_from=TODAY + timedelta(days=1))
    shelf.on_shelf("P3", valid_until=TODAY - timedelta(days=1))
    Product.objects.filter(pk=shelf.on_shelf("P4").pk).update(state=ProductState.SUSPENDED)
    shelf.on_shelf("P5", institution="bank-b")
    Organisation.objects.filter(code="bank-b").update(state=OrganisationState.FROZEN)
    assert list(on_shelf(TODAY)) == [shown]


def test_who_sees_which(django_assert_num_queries: Any) -> None:
    shelf.on_shelf("P1")
    shelf.on_shelf("P2", institution="bank-b")
    Product.objects.update(state=ProductState.SUSPENDED)

    def seen(role: str, organisation: str) -> set[str]:
        found = visible_to(Actor(1, "x", organisation, role, "portal"))
        return set(found.values_list("number", flat=True))

    assert seen(Role.SUPERVISOR, "authority") == {"P1", "P2"}
    assert seen(Role.ACCOUNT_MANAGER, "bank-b") == {"P2"}
    assert seen(Role.ENTERPRISE_ADMIN, "bank-b") == set()
    for number in ("P1", "P9"):
        with django_assert_num_queries(1), pytest.raises(NoSuchProduct):
            one(actor=Actor(1, "x", "bank-b", Role.HEAD_ADMIN, "portal"), number=number)
