"""What the platform is, for whoever has not signed in."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from jiahe.catalogue import load


@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    """Whoever is signed in goes to their own portal."""
    if request.user.is_authenticated:
        return redirect("start")
    catalogue = load()
    context = {"departments": len(catalogue.departments), "categories": len(catalogue.categories)}
    return render(request, "public/home.html", context)
