"""Which institutions an open request can go to."""

from __future__ import annotations

from datetime import date

import pytest

from jiahe.accounts.models import Organisation
from jiahe.financing.queries.eligible import eligible
from tests.people import bank
from tests.products.shelf import on_shelf

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)


@pytest.fixture(autouse=True)
def _at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIAHE_NOW", "2026-11-25T10:00")


def codes(area: str = "330421") -> list[str]:
    return sorted(one.code for one in eligible(area=area, today=TODAY))


def test_all_active_ones_where_no_product_serves_the_county() -> None:
    bank("bank-b")
    on_shelf("P1", institution="bank-a", regions=["330402"])
    assert codes() == ["bank-a", "bank-b"]


def test_those_with_a_product_that_serves_the_county() -> None:
    on_shelf("P1", institution="bank-a", regions=["330402"])
    on_shelf("P2", institution="bank-b", regions=["330402", "330421"])
    on_shelf("P3", institution="bank-c")
    on_shelf("P4", institution="bank-d", regions=[])
    on_shelf("P5", institution="bank-e", regions=["330421"], valid_until="2026-11-24")
    assert codes() == ["bank-b", "bank-c", "bank-d"]
    assert codes("330402") == ["bank-a", "bank-b", "bank-c", "bank-d"]


def test_an_institution_that_is_frozen_is_not_asked() -> None:
    on_shelf("P1", institution="bank-a", regions=["330421"])
    on_shelf("P2", institution="bank-b", regions=["330421"])
    Organisation.objects.filter(code="bank-b").update(state="frozen")
    assert codes() == ["bank-a"]
