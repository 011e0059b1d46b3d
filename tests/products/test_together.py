"""Two people at the same moment: one of them is first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from jiahe.audit.journal import about
from jiahe.products.actions.decide import approve, reject
from jiahe.products.actions.draft import draft
from jiahe.products.actions.shelve import suspend, withdraw
from jiahe.products.actions.submit import submit
from jiahe.products.errors import StateChanged
from jiahe.products.models import Product, ProductVersion
from jiahe.products.stored import terms_of
from tests.products.scene import FULL, LEAST, published, scene
from tests.together import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]


def _refused(answers: list[object]) -> int:
    return sum(isinstance(one, StateChanged) for one in answers)


def test_one_decides() -> None:
    here = scene()
    number = draft(actor=here.head, terms=FULL).product.number
    submit(actor=here.head, number=number, version=1)
    works: list[Callable[[], object]] = [
        lambda: approve(actor=here.supervisor, number=number, version=1),
        lambda: reject(actor=here.supervisor, number=number, version=1, reason="不同意"),
        lambda: approve(actor=here.supervisor, number=number, version=1),
    ]
    assert _refused(list(together(*works))) == 2
    product = Product.objects.get()
    version = product.versions.get()
    assert (product.state, version.state) in {("on", "approved"), ("new", "rejected")}
    assert len(about(f"product:{number}")) == 3


def test_what_is_submitted_is_whole() -> None:
    here = scene()
    number = draft(actor=here.head, terms=LEAST).product.number
    changed = replace(FULL, name="另一名称")
    works: list[Callable[[], object]] = [
        lambda: submit(actor=here.head, number=number, version=1),
        *[lambda: draft(actor=here.head, terms=changed, number=number) for _ in range(3)],
    ]
    together(*works)
    version = ProductVersion.objects.get()
    assert version.state == "submitted"
    assert terms_of(version) in (LEAST, changed)


def test_two_begin_one_new_version() -> None:
    here = scene()
    number = published(here).number
    together(*[lambda: draft(actor=here.head, terms=LEAST, number=number) for _ in range(4)])
    assert list(ProductVersion.objects.order_by("number").values_list("number", "state")) == [
        (1, "approved"),
        (2, "draft"),
    ]
    assert terms_of(ProductVersion.objects.get(number=2)) == LEAST


def test_one_takes_it_off_the_shelf() -> None:
    here = scene()
    number = published(here).number
    works: list[Callable[[], object]] = [
        lambda: suspend(actor=here.head, number=number),
        lambda: suspend(actor=here.head, number=number),
        lambda: withdraw(actor=here.head, number=number),
    ]
    refused = _refused(list(together(*works)))
    # Where the first suspends and then one withdraws, only the other one is late.
    assert refused in (1, 2)
    assert Product.objects.get().state in ("suspended", "withdrawn")
    assert len(about(f"product:{number}")) == 3 + 3 - refused
