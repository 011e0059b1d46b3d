"""A product in a few lines: the terms of all its variants taken together, as a card shows them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jiahe.products import words
from jiahe.products.filters import Offer, begins
from jiahe.products.models import Product, Variant
from jiahe.products.queries.shelf import Shelf

T = TypeVar("T", int, Decimal)


@dataclass(frozen=True)
class Brief:
    """Texts that are empty where the institution did not publish it."""

    rate: str
    amount: str
    term: str
    guarantee: str
    days: str


def brief(product: Product) -> Brief:
    version = product.current
    assert version is not None  # it stands on the shelf
    whole = together(list(version.variants.all()))
    return Brief(words.rate(whole), words.amount(whole), words.term(whole), words.guarantee(whole), _days(product))


def together(variants: list[Variant]) -> Variant:
    """One variant that reaches from the lowest to the highest of all that is published; never saved."""
    if len(variants) == 1:
        one = variants[0]
        return Variant(
            rate_from=one.rate_from,
            rate_to=one.rate_to,
            rate_note="" if begins(_offer(one)) is not None else one.rate_note,
            amount_from=one.amount_from,
            amount_to=one.amount_to,
            term_from=one.term_from,
            term_to=one.term_to,
            term_note="" if one.term_from or one.term_to else one.term_note,
            guarantees=one.guarantees,
            guarantee_note="" if one.guarantees else one.guarantee_note,
        )
    return Variant(
        rate_from=_least([one.rate_from for one in variants]),
        rate_to=_most([one.rate_to for one in variants]),
        amount_from=_least([one.amount_from for one in variants]),
        amount_to=_most([one.amount_to for one in variants]),
        term_from=_least([one.term_from for one in variants]),
        term_to=_most([one.term_to for one in variants]),
        guarantees=list(dict.fromkeys(kind for one in variants for kind in one.guarantees or ())) or None,
    )


def _offer(one: Variant) -> Offer:
    return Offer(rate_from=one.rate_from, rate_to=one.rate_to)


def _least(values: list[T | None]) -> T | None:
    return min((value for value in values if value is not None), default=None)


def _most(values: list[T | None]) -> T | None:
    return max((value for value in values if value is not None), default=None)


def _days(product: Product) -> str:
    days = product.current.promised_days if product.current else None
    return _("承诺 {count} 个工作日").format(count=days) if days is not None else ""


def card(shelf: Shelf, place: int) -> SafeString:
    """The card of a product in the reader's language, drawn once for as long as the shelf stands so."""
    key = ("card", get_language(), place)
    if key not in shelf.drawn:
        product = shelf.products[place]
        context = {"product": product, "brief": brief(product)}
        shelf.drawn[key] = render_to_string("public/marketplace/card.html", context)
    found: SafeString = shelf.drawn[key]
    return found
