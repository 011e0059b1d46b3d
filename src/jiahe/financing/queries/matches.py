"""Which institutions a request is best handed to, by a simple rule."""

from __future__ import annotations

from decimal import Decimal

from jiahe.accounts.models import Organisation
from jiahe.catalogue.areas import covers
from jiahe.financing.models import FinancingRequest, Order
from jiahe.financing.queries.open_to import open_to
from jiahe.financing.workflow import LIVE
from jiahe.kit import clock
from jiahe.products.models import Product, Variant
from jiahe.products.queries.products import on_shelf


def untried(request: FinancingRequest) -> list[Organisation]:
    """The institutions to which the enterprise opened the request and that have not had an order of it.

    Nor one that handles another request of the enterprise: it may hold one live order at a time.
    """
    had = Order.objects.filter(request=request).values("institution")
    busy = Order.objects.filter(serial=request.serial, state__in=LIVE).values("institution")
    return list(open_to(request).exclude(pk__in=had).exclude(pk__in=busy).order_by("code"))


def matches(request: FinancingRequest) -> list[Organisation]:
    """Of those the ones with a product on the shelf that serves the request's area, amount and term.

    First who promises the fewest days, then who names the lowest rate; what is not published bounds nothing and comes
    last.
    """
    institutions = {one.pk: one for one in untried(request)}
    ranks: dict[int, tuple[bool, int, bool, Decimal]] = {}
    for product in on_shelf(clock.today()).filter(institution__in=institutions):
        fitting = [variant for variant in _variants(product) if _takes(variant, request)]
        if fitting and _serves(product, request.area):
            rank = min(_rank(product, variant) for variant in fitting)
            ranks[product.institution_id] = min(rank, ranks.get(product.institution_id, rank))
    return [institutions[pk] for pk in sorted(ranks, key=lambda pk: (ranks[pk], institutions[pk].code))]


def _variants(product: Product) -> list[Variant]:
    assert product.current is not None
    return list(product.current.variants.all())


def _serves(product: Product, area: str) -> bool:
    assert product.current is not None
    regions = product.current.regions or []
    return not regions or any(covers(region, area) for region in regions)


def _takes(variant: Variant, request: FinancingRequest) -> bool:
    assert request.amount is not None
    assert request.term_months is not None
    return _within(request.amount, variant.amount_from, variant.amount_to) and _within(
        request.term_months, variant.term_from, variant.term_to
    )


def _within(value: Decimal | int, least: Decimal | int | None, most: Decimal | int | None) -> bool:
    return (least is None or least <= value) and (most is None or value <= most)


def _rank(product: Product, variant: Variant) -> tuple[bool, int, bool, Decimal]:
    assert product.current is not None
    days, rate = product.current.promised_days, variant.rate_from
    return days is None, days or 0, rate is None, rate or Decimal(0)
