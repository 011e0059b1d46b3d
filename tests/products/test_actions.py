"""How a product comes to the shelf, changes there, and leaves it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from jiahe.accounts.enums import OrganisationState
from jiahe.accounts.errors import LineEmpty
from jiahe.accounts.models import Organisation
from jiahe.audit.journal import about
from jiahe.kit import clock
from jiahe.kit.actor import Actor
from jiahe.kit.errors import JiaheError
from jiahe.notify import inbox
from jiahe.products.actions.decide import approve, reject
from jiahe.products.actions.draft import draft
from jiahe.products.actions.shelve import resume, suspend, withdraw
from jiahe.products.actions.submit import submit
from jiahe.products.enums import ProductState, VersionState
from jiahe.products.errors import InstitutionFrozen, NoSuchProduct, NotYours, StateChanged, WrongTerms
from jiahe.products.models import Product, ProductVersion
from jiahe.products.queries.products import on_shelf
from jiahe.products.queries.versions import waiting
from jiahe.products.stored import terms_of
from jiahe.products.terms import Terms
from tests.products.scene import FULL, LEAST, Scene, published, scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Scene:
    return scene()


def states(product: Product) -> tuple[str, dict[int, str]]:
    product.refresh_from_db()
    return product.state, dict(product.versions.order_by("number").values_list("number", "state"))


def told(actor: Actor) -> list[str]:
    return [message.template for message in inbox.messages(actor=actor)]


@pytest.mark.parametrize("terms", [LEAST, FULL])
def test_what_was_written_is_what_is_read(here: Scene, terms: Terms) -> None:
    version = draft(actor=here.head, terms=terms)
    assert terms_of(ProductVersion.objects.get(pk=version.pk)) == terms
    assert states(version.product) == ("new", {1: "draft"})


def test_from_the_draft_to_the_shelf(here: Scene) -> None:
    version = draft(actor=here.head, terms=FULL)
    product = version.product
    assert list(on_shelf(clock.today())) == []
    submit(actor=here.head, number=product.number, version=1)
    assert states(product) == ("new", {1: "submitted"})
    assert list(waiting(actor=here.supervisor)) == [version]
    approve(actor=here.supervisor, number=product.number, version=1)
    assert states(product) == ("on", {1: "approved"})
    assert list(on_shelf(date(2026, 11, 25))) == [product]
    assert list(waiting(actor=here.supervisor)) == []
    version.refresh_from_db()
    assert (version.submitted_by_id, version.decided_by_id) == (here.head.user_id, here.supervisor.user_id)
    steps = [entry.action for entry in about(f"product:{product.number}")]
    assert steps == ["products.approve", "products.submit", "products.draft"]
    assert told(here.supervisor) == ["product.submitted"]
    assert told(here.head) == ["product.approved"]
    pages = [message.link for who in (here.supervisor, here.head) for message in inbox.messages(actor=who)]
    assert pages == [f"/authority/products/{product.number}/1/", f"/bank/products/{product.number}/"]


def test_a_change_waits_while_the_old_terms_stay_on_the_shelf(here: Scene) -> None:
    product = published(here)
    changed = replace(FULL, name="园区科创贷二期")
    draft(actor=here.head, terms=changed, number=product.number)
    submit(actor=here.head, number=product.number, version=2)
    shown = on_shelf(date(2026, 11, 25)).get().current
    assert shown
    assert terms_of(shown) == FULL
    approve(actor=here.supervisor, number=product.number, version=2)
    assert states(product) == ("on", {1: "replaced", 2: "approved"})
    shown = on_shelf(date(2026, 11, 25)).get().current
    assert shown
    assert terms_of(shown) == changed
    assert terms_of(product.versions.get(number=1)) == FULL


def test_a_draft_is_written_over_until_it_is_submitted(here: Scene) -> None:
    number = draft(actor=here.head, terms=FULL).product.number
    version = draft(actor=here.head, terms=LEAST, number=number)
    assert (version.number, terms_of(version)) == (1, LEAST)
    submit(actor=here.head, number=number, version=1)
    with pytest.raises(StateChanged):
        draft(actor=here.head, terms=FULL, number=number)
    assert terms_of(ProductVersion.objects.get()) == LEAST


def test_a_rejected_version_is_kept_with_its_reason(here: Scene) -> None:
    product = published(here)
    draft(actor=here.head, terms=LEAST, number=product.number)
    submit(actor=here.head, number=product.number, version=2)
    with pytest.raises(LineEmpty):
        reject(actor=here.supervisor, number=product.number, version=2, reason=" ")
    assert states(product) == ("on", {1: "approved", 2: "submitted"})
    reject(actor=here.supervisor, number=product.number, version=2, reason="利率未公布")
    assert states(product) == ("on", {1: "approved", 2: "rejected"})
    assert product.versions.get(number=2).reason == "利率未公布"
    assert told(here.head) == ["product.rejected", "product.approved"]
    assert draft(actor=here.head, terms=FULL, number=product.number).number == 3


def test_off_the_shelf_and_back(here: Scene) -> None:
    product = published(here)
    suspend(actor=here.head, number=product.number)
    assert list(on_shelf(date(2026, 11, 25))) == []
    with pytest.raises(StateChanged):
        suspend(actor=here.head, number=product.number)
    draft(actor=here.head, terms=LEAST, number=product.number)
    submit(actor=here.head, number=product.number, version=2)
    approve(actor=here.supervisor, number=product.number, version=2)
    assert states(product) == ("suspended", {1: "replaced", 2: "approved"})
    resume(actor=here.head, number=product.number)
    assert [p.current_id for p in on_shelf(date(2026, 11, 25))] == [product.versions.get(number=2).pk]
    assert told(here.supervisor)[:3] == ["product.resumed", "product.submitted", "product.suspended"]


def test_a_withdrawn_product_does_not_come_back(here: Scene) -> None:
    product = published(here)
    draft(actor=here.head, terms=LEAST, number=product.number)
    submit(actor=here.head, number=product.number, version=2)
    withdraw(actor=here.head, number=product.number)
    assert list(waiting(actor=here.supervisor)) == []
    steps: list[Callable[[], object]] = [
        lambda: approve(actor=here.supervisor, number=product.number, version=2),
        lambda: reject(actor=here.supervisor, number=product.number, version=2, reason="已下架"),
        lambda: resume(actor=here.head, number=product.number),
        lambda: draft(actor=here.head, terms=LEAST, number=product.number),
    ]
    for step in steps:
        with pytest.raises(StateChanged):
            step()
    assert states(product) == ("withdrawn", {1: "approved", 2: "submitted"})


def test_who_comes_second_changes_nothing(here: Scene) -> None:
    product = published(here)
    steps: list[Callable[[], object]] = [
        lambda: submit(actor=here.head, number=product.number, version=1),
        lambda: approve(actor=here.supervisor, number=product.number, version=1),
        lambda: reject(actor=here.supervisor, number=product.number, version=1, reason="迟了"),
    ]
    for step in steps:
        with pytest.raises(StateChanged):
            step()
    assert states(product) == ("on", {1: "approved"})
    assert len(about(f"product:{product.number}")) == 3
    assert told(here.head) == ["product.approved"]


def test_whose_business_it_is(here: Scene) -> None:
    product = published(here)
    number, before = product.number, len(about(f"product:{product.number}"))

    def refused(kind: type[JiaheError], actor: Actor, *, authority: bool = True) -> None:
        steps: list[Callable[[], object]] = [
            lambda: draft(actor=actor, terms=LEAST, number=number),
            lambda: submit(actor=actor, number=number, version=1),
            lambda: suspend(actor=actor, number=number),
            lambda: withdraw(actor=actor, number=number),
        ]
        if authority:
            steps.append(lambda: approve(actor=actor, number=number, version=1))
            steps.append(lambda: reject(actor=actor, number=number, version=1, reason="不"))
        for step in steps:
            with pytest.raises(kind):
                step()

    refused(NotYours, here.manager)
    refused(NoSuchProduct, here.stranger)
    refused(NotYours, here.supervisor, authority=False)
    with pytest.raises(NotYours):
        draft(actor=here.manager, terms=LEAST)
    assert states(product) == ("on", {1: "approved"})
    assert Product.objects.count() == 1
    assert len(about(f"product:{product.number}")) == before


def test_a_frozen_institution_publishes_nothing(here: Scene) -> None:
    number = draft(actor=here.head, terms=LEAST).product.number
    Organisation.objects.filter(code="bank-a").update(state=OrganisationState.FROZEN)
    steps: list[Callable[[], object]] = [
        lambda: draft(actor=here.head, terms=LEAST),
        lambda: draft(actor=here.head, terms=FULL, number=number),
        lambda: submit(actor=here.head, number=number, version=1),
    ]
    for step in steps:
        with pytest.raises(InstitutionFrozen):
            step()
    assert states(Product.objects.get()) == ("new", {1: "draft"})
    assert terms_of(ProductVersion.objects.get()) == LEAST


def test_wrong_terms_are_kept_nowhere(here: Scene) -> None:
    with pytest.raises(WrongTerms) as refused:
        draft(actor=here.head, terms=replace(LEAST, name=" "))
    assert [fault.field for fault in refused.value.faults] == ["name"]
    assert not Product.objects.exists()


def test_rates_follow_from_the_lpr(here: Scene) -> None:
    variant = replace(FULL.variants[0], rate_from=None, rate_to=None)
    version = draft(actor=here.head, terms=replace(LEAST, variants=(variant,)))
    made = version.variants.get()
    assert (made.rate_from, made.rate_to) == (Decimal("3.65"), Decimal("4.35"))


def test_a_version_that_is_not_there(here: Scene) -> None:
    product = published(here)
    with pytest.raises(NoSuchProduct):
        approve(actor=here.supervisor, number=product.number, version=7)
    assert states(product) == (ProductState.ON, {1: VersionState.APPROVED})
