"""The words that are agreed to."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from jiahe.accounts.actions.register import TERMS


@login_not_required
@require_GET
def page(request: HttpRequest) -> HttpResponse:
    return render(request, "public/register/terms.html", {"version": TERMS})
