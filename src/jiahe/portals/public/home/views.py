"""What the platform is, for whoever has not signed in."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from jiahe.catalogue import load
from jiahe.portals.public.marketplace.brief import card
from jiahe.products.queries.shelf import shelf

STARS = 6


@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    """Whoever is signed in goes to their own portal."""
    if request.user.is_authenticated:
        return redirect("start")
    catalogue = load()
    stock = shelf()
    context = {
        "departments": len(catalogue.departments),
        "categories": len(catalogue.categories),
        "products": len(stock.products),
        "stars": [card(stock, stock.places[one.number]) for one in stock.stars()[:STARS]],
    }
    return render(request, "public/home.html", context)
