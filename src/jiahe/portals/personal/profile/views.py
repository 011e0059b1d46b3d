"""Who one is to the platform, and for whom one may act."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from jiahe.accounts.actor import membership_of, memberships, only_for
from jiahe.accounts.enums import Role
from jiahe.accounts.models import User
from jiahe.kit.crypto import keyring, mask


@only_for(*Role)
@require_GET
def profile(request: HttpRequest) -> HttpResponse:
    user = request.user
    assert isinstance(user, User)
    context = {
        "phone": mask(keyring().decrypt(user.phone)) if user.phone else "",
        "acting": membership_of(request),
        "memberships": memberships(user),
    }
    return render(request, "personal/profile.html", context)
