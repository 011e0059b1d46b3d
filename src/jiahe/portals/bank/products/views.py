"""The institution's own products: the list, one as everybody sees it, and each of its versions."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from jiahe.accounts.actor import actor_of, only_for
from jiahe.accounts.enums import ROLES, OrganisationKind
from jiahe.products.enums import ProductState
from jiahe.products.models import Product
from jiahe.products.queries.products import one, visible_to
from jiahe.products.queries.versions import history, open_versions, version_of
from jiahe.products.sheet import differences, sheet
from jiahe.web.paging import Page, page_of

PEOPLE = ROLES[OrganisationKind.INSTITUTION]
PRODUCTS_A_PAGE = 20


@only_for(*PEOPLE)
@require_GET
def products(request: HttpRequest) -> HttpResponse:
    """The newest first; of one state with `?state=`."""
    wanted = request.GET.get("state", "")
    found = visible_to(actor_of(request))
    if wanted in ProductState:
        found = found.filter(state=wanted)
    page: Page[Product] = page_of(request, lambda limit, offset: list(found[offset : offset + limit]), PRODUCTS_A_PAGE)
    waiting = open_versions(page.rows)
    rows = [(product, waiting.get(product.pk)) for product in page.rows]
    context = {"page": page, "rows": rows, "states": ProductState.choices, "shown": wanted}
    return render(request, "bank/products/list.html", context)


@only_for(*PEOPLE)
@require_GET
def product(request: HttpRequest, number: str) -> HttpResponse:
    """The version on the shelf, or the newest where none was approved; what waits is named above it."""
    found = one(actor=actor_of(request), number=number)
    versions = history(found)
    shown = found.current or versions[0]
    begun = open_versions([found]).get(found.pk)
    context = {
        "product": found,
        "shown": shown,
        "parts": sheet(shown),
        "versions": versions,
        "begun": begun,
        "changes": differences(shown, begun) if begun and begun != shown else [],
    }
    return render(request, "bank/products/product.html", context)


@only_for(*PEOPLE)
@require_GET
def version(request: HttpRequest, number: str, version: int) -> HttpResponse:
    """One version with what it changed of the one before."""
    actor = actor_of(request)
    found = one(actor=actor, number=number)
    shown = version_of(found, version, actor=actor)
    before = found.versions.filter(number__lt=version).order_by("-number").first()
    context = {
        "product": found,
        "shown": shown,
        "parts": sheet(shown),
        "before": before,
        "changes": differences(before, shown) if before else [],
    }
    return render(request, "bank/products/version.html", context)
