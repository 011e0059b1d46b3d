"""The marketplace: the filtered list, a product, products side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from jiahe.portals.public.marketplace import own, rail
from jiahe.portals.public.marketplace.address import ORDERS, Address, name, picked, read
from jiahe.portals.public.marketplace.brief import brief, card
from jiahe.portals.public.marketplace.comparison import VARIANTS, of_variants, rows
from jiahe.products.filters import SINGLE, Facet, Sort
from jiahe.products.models import Product
from jiahe.products.queries.shelf import Shelf, shelf
from jiahe.products.sheet import sheet

PER_PAGE = 20
# htmx asks for the parts of a page, and going back in the browser, for the whole of one.
HTMX, GOING_BACK = "HX-Request", "HX-History-Restore-Request"


@dataclass(frozen=True)
class Link:
    name: str
    href: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True)
class Shown:
    """A card with the link that picks it for comparison, or takes it back."""

    card: SafeString
    pick: str
    picked: bool


@login_not_required
@require_GET
def market(request: HttpRequest) -> HttpResponse:
    """The list. An address that says the same in another order leads to the one that says it in ours."""
    here, stock = reverse("public:marketplace"), shelf()
    address, parts = read(request.GET, stock), HTMX in request.headers and GOING_BACK not in request.headers
    if not address.wrong and not parts and request.GET.urlencode() != address.query:
        return redirect(_to(here, address))
    context = _list(request, stock, address)
    answer = render(request, f"public/marketplace/{'found' if parts else 'market'}.html", context)
    if parts:
        answer.headers["HX-Push-Url"] = _to(here, context["address"])
    patch_vary_headers(answer, (HTMX, GOING_BACK))
    return answer


@login_not_required
@require_GET
def product(request: HttpRequest, number: str) -> HttpResponse:
    one = shelf().one(number)
    assert one.current is not None  # it stands on the shelf
    parts = sheet(one.current)
    context = {
        "product": one,
        "brief": brief(one),
        "first": parts[0],
        "variants": parts[VARIANTS],
        "terms": of_variants(parts),
        "last": parts[VARIANTS.stop :],
        "standing": own.standing(request, one),
    }
    return render(request, "public/marketplace/product.html", context)


@login_not_required
@require_GET
def compare(request: HttpRequest) -> HttpResponse:
    """Up to four products, line by line."""
    stock, wrong = shelf(), list[str]()
    numbers = picked(request.GET.getlist("p"), stock.places, wrong)
    products = [stock.one(number) for number in numbers]
    back = Address(picked=numbers)
    context = {
        "columns": [_column(one, back) for one in products],
        "rows": rows([one.current for one in products if one.current]) if products else [],
        "wrong": wrong,
        "back": _to(reverse("public:marketplace"), back),
    }
    return render(request, "public/marketplace/compare.html", context)


def _column(one: Product, back: Address) -> dict[str, Any]:
    return {"product": one, "without": _to(reverse("public:compare"), back.toggled(one.number))}


def _list(request: HttpRequest, stock: Shelf, address: Address) -> dict[str, Any]:
    table, wishes, here = stock.table, address.wishes, reverse("public:marketplace")
    found = table.found(wishes)
    count = found.bit_count()
    address = _within(address, max(1, -(-count // PER_PAGE)))
    first = (address.page - 1) * PER_PAGE
    known = own.registration(request) if address.sort is Sort.FIT else own.NOTHING
    places = table.ordered(found, address.sort, wishes, known)[first : first + PER_PAGE]
    counts = table.counts(wishes)
    return {
        "address": address,
        "here": here,
        "count": count,
        "all": len(stock.products),
        "known": bool(known.chosen),
        "ticks": rail.ticks(stock, address, counts),
        "groups": rail.groups(stock, address, counts),
        "orders": [Link(_order(s), _to(here, address.sorted_by(s)), s is address.sort) for s in ORDERS],
        "chosen": _chosen(here, stock, address),
        "shown": [_shown(here, stock, address, place) for place in places],
        "picked": [Link(stock.one(n).current.name, _to(here, address.toggled(n))) for n in address.picked],  # type: ignore[union-attr]  # on the shelf
        "comparison": _to(reverse("public:compare"), Address(picked=address.picked)),
        "silent": 0 if wishes.unstated or not wishes.chosen else table.silent(wishes),
        "with_silent": _to(here, address.with_unstated(True)),
        "relaxed": [] if count else _relaxed(here, stock, address),
        "previous": _to(here, address.at(address.page - 1)) if address.page > 1 else "",
        "next": _to(here, address.at(address.page + 1)) if first + PER_PAGE < count else "",
        "line": _("第 %(first)s 至 %(last)s 个") % {"first": first + 1, "last": first + len(places)},
    }


def _to(place: str, address: Address) -> str:
    return f"{place}?{address.query}" if address.query else place


def _within(address: Address, pages: int) -> Address:
    if address.page <= pages:
        return address
    sentence = _("没有第 %(page)s 页，已回到第 1 页。") % {"page": address.page}
    return address.at(1).hinted(sentence)


def _order(sort: Sort) -> str:
    return {
        Sort.FIT: _("最匹配"),
        Sort.RATE: _("利率最低"),
        Sort.POPULARITY: _("申请最多"),
        Sort.SPEED: _("办理最快"),
    }[sort]


def _shown(here: str, stock: Shelf, address: Address, place: int) -> Shown:
    number = stock.products[place].number
    return Shown(card(stock, place), _to(here, address.toggled(number)), number in address.picked)


def _chosen(here: str, stock: Shelf, address: Address) -> list[Link]:
    """Each chosen value, with the way to the page without it."""
    found = []
    for facet, values in address.wishes.chosen.items():
        for value in values:
            rest = tuple(one for one in values if one != value)
            found.append(Link(_said(stock, facet, (value,)), _to(here, address.with_wish(facet, rest))))
    if address.wishes.unstated:
        found.append(Link(_("含未公布的"), _to(here, address.with_unstated(False))))
    return found


def _relaxed(here: str, stock: Shelf, address: Address) -> list[Link]:
    """Which wish to drop, with what there is then."""
    return [
        Link(_said(stock, facet, address.wishes.chosen[facet]), _to(here, address.with_wish(facet, ())), count=count)
        for facet, count in stock.table.relaxed(address.wishes)
    ]


def _said(stock: Shelf, facet: Facet, values: tuple[str, ...]) -> SafeString:
    labels = rail.labels_of(stock)[facet]
    text = SafeString("、".join(labels[value] for value in values))
    named = facet in SINGLE and facet not in rail.TICKS
    return format_html(_("{}：{}"), name(facet), text) if named else text
