"""The whole shelf as one small table in the process, made anew when something on it has changed.

Some hundred products change a few times a day and are looked at all the time. One cheap query a request tells which
versions stand on the shelf; a version never changes once it stands there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from jiahe.catalogue import load
from jiahe.catalogue.areas import covers
from jiahe.kit import clock
from jiahe.products.enums import GuaranteeKind, ProductKind
from jiahe.products.errors import NoSuchProduct
from jiahe.products.filters import YES, Facet, Listed, Offer, Table
from jiahe.products.models import Product, ProductVersion, Variant
from jiahe.products.queries.products import on_shelf

Edition = tuple[tuple[Any, ...], ...]
AMOUNTS = ("10", "50", "100", "200", "300", "500", "1000", "3000")
RATES = ("3", "3.5", "4", "4.5", "5", "6")
TERMS = ("3", "6", "12", "24", "36", "60", "120")
# What is counted as stated where it is not None and not an empty text.
OF_VERSION = ("summary", "target", "repayments", "regions", "industries", "sizes", "materials", "promised_days")
OF_VARIANT = ("guarantees", "amount_to", "term_to", "rate_from", "rate_to")
SECTIONS = "industry_section"
COUNTY = 6


@dataclass(frozen=True, eq=False)
class Shelf:
    """What stands there on a day: `products` with all that belongs to them, in the order of `table`.

    `drawn` keeps what pages have made of it, for as long as it holds.
    """

    edition: Edition
    products: tuple[Product, ...]
    table: Table
    places: dict[str, int]
    drawn: dict[object, Any] = field(default_factory=dict)

    def one(self, number: str) -> Product:
        """By its number; `NoSuchProduct` for one that does not stand there."""
        if number not in self.places:
            raise NoSuchProduct(number=number[:24])
        return self.products[self.places[number]]

    def stars(self) -> list[Product]:
        """The most applied for, the first of all first."""
        return sorted((one for one in self.products if one.star), key=lambda one: (-one.applications, one.pk))


_kept: list[Shelf] = []


def shelf() -> Shelf:
    """As it stands now; one query where it stands as before."""
    today = clock.today()
    edition = _edition(today)
    for kept in _kept:
        if kept.edition == edition:
            return kept
    made = _made(edition, today)
    _kept[:] = [made]
    return made


def _edition(today: date) -> Edition:
    """Versions never change once they stand here, so that their keys tell everything but these few."""
    return tuple(on_shelf(today).values_list("current_id", "applications", "star", "institution__name"))


def forget() -> None:
    """As in a process that has just begun: for tests, whose databases begin anew with the same keys."""
    _kept.clear()


def _made(edition: Edition, today: date) -> Shelf:
    products = tuple(on_shelf(today))
    table = Table([_listed(one) for one in products], _values(products))
    return Shelf(edition, products, table, {one.number: place for place, one in enumerate(products)})


def _values(products: Iterable[Product]) -> dict[Facet, tuple[str, ...]]:
    institutions = {one.institution.code: one.institution.name for one in products}
    return {
        Facet.UNSECURED: (YES,),
        Facet.FIRST_LOAN: (YES,),
        Facet.AMOUNT: AMOUNTS,
        Facet.TERM: TERMS,
        Facet.RATE: RATES,
        Facet.GUARANTEE: tuple(GuaranteeKind.values),
        Facet.KIND: tuple(ProductKind.values),
        Facet.REGION: counties(),
        Facet.INDUSTRY: tuple(load().code_lists[SECTIONS].by_code),
        Facet.INSTITUTION: tuple(sorted(institutions, key=lambda code: (institutions[code], code))),
    }


def _listed(product: Product) -> Listed:
    version = product.current
    assert version is not None  # on_shelf has none without
    variants = list(version.variants.all())
    return Listed(
        institution=product.institution.code,
        kind=version.kind,
        offers=tuple(_offer(one) for one in variants) or (Offer(),),
        regions=None if version.regions is None else _counties_of(tuple(version.regions)),
        industries=None if version.industries is None else sections_of(tuple(version.industries)),
        first_loan=version.first_loan_friendly,
        days=version.promised_days,
        applications=product.applications,
        stated=_stated(version, variants),
    )


def _offer(variant: Variant) -> Offer:
    return Offer(
        amount_from=variant.amount_from,
        amount_to=variant.amount_to,
        term_from=variant.term_from,
        term_to=variant.term_to,
        rate_from=variant.rate_from,
        rate_to=variant.rate_to,
        guarantees=None if variant.guarantees is None else frozenset(variant.guarantees),
    )


def _stated(version: ProductVersion, variants: Iterable[Variant]) -> int:
    said = [getattr(version, name) for name in OF_VERSION]
    said += [next((v for v in (getattr(one, name) for one in variants) if v is not None), None) for name in OF_VARIANT]
    return sum(one not in (None, "") for one in said)


@cache
def counties() -> tuple[str, ...]:
    """The codes of the city's counties, in their order."""
    return tuple(code for code in load().code_lists["area"].by_code if len(code) == COUNTY and code[-2:] != "00")


@cache
def _counties_of(areas: tuple[str, ...]) -> frozenset[str]:
    """Every county of which some part lies in one of the areas; all where there is no limit."""
    return frozenset(c for c in counties() if not areas or any(covers(a, c) or covers(c, a) for a in areas))


@cache
def sections_of(industries: tuple[str, ...]) -> frozenset[str]:
    """The sections that are named or of which a division is; all where there is no limit."""
    lists = load().code_lists
    divisions = lists["industry_division"].by_code
    found = {(divisions[code].parent or "") if code in divisions else code for code in industries}
    return frozenset(found or lists[SECTIONS].by_code)
