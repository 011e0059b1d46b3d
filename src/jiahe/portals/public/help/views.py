"""Help: questions and answers for the reader's kind of organisation."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


@login_not_required
def page(request: HttpRequest) -> HttpResponse:
    acting = getattr(request, "acting", None) or None
    kind = acting.organisation.kind if acting else "public"
    answers = f"public/help/{kind}.html"
    return render(request, "public/help.html", {"answers": answers})
