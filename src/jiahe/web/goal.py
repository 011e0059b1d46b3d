"""Where a person was going before they had to sign in or settle something."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def goal(request: HttpRequest, otherwise: str) -> str:
    """The `next` of the request, if that is on this site."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    own = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if own else otherwise
