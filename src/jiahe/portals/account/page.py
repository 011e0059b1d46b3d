"""The frame that a reader's account pages stand in: that of the portal they work in."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from jiahe.accounts.errors import NotSignedIn
from jiahe.accounts.models import User

PLAIN = "web/shell.html"


def show(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page of the account in the reader's own portal; in none while the session owes what the page settles."""
    frame = {"shell": PLAIN} if context.get("owing") else {}
    return render(request, f"account/{template}.html", frame | context, status=status)


def reader(request: HttpRequest) -> User:
    """The person whose account it is."""
    if not isinstance(request.user, User):
        raise NotSignedIn
    return request.user
