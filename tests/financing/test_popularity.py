"""How often a product was applied for, as the marketplace sorts by it."""

from __future__ import annotations

import pytest

from jiahe.financing.enums import Mode
from jiahe.financing.tasks import count_applications
from jiahe.products.models import Product
from tests.financing.scene import draft, settle, submitted
from tests.products import shelf

pytestmark = pytest.mark.django_db


def test_what_was_sent_counts_and_a_draft_does_not() -> None:
    settle()
    wanted, other = shelf.on_shelf("P1"), shelf.on_shelf("P2")
    submitted(draft(Mode.DIRECTED, product=wanted.current_id), "bank-a")
    draft(Mode.DIRECTED, product=other.current_id)
    count_applications()
    counted = Product.objects.order_by("number").values_list("number", "applications", "star")
    assert list(counted) == [("P1", 1, True), ("P2", 0, False)]
