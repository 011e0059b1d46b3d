"""Who one is to the platform, and for whom one may act."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from jiahe.accounts.actor import actor_of, membership_of, memberships, only_for
from jiahe.accounts.enums import Role
from jiahe.accounts.models import User
from jiahe.kit.crypto import keyring, mask
from jiahe.notify.actions.choose_sms import choose_sms, essential_only


@only_for(*Role)
@require_GET
def profile(request: HttpRequest) -> HttpResponse:
    user = request.user
    assert isinstance(user, User)
    context = {
        "phone": mask(keyring().decrypt(user.phone)) if user.phone else "",
        "acting": membership_of(request),
        "memberships": memberships(user),
        "essential_only": essential_only(actor=actor_of(request)),
    }
    return render(request, "personal/profile.html", context)


@only_for(*Role)
@require_POST
def sms(request: HttpRequest) -> HttpResponse:
    """Which SMS one gets."""
    choose_sms(actor=actor_of(request), essential_only="essential_only" in request.POST)
    messages.success(request, _("已保存。"))
    return redirect("personal:profile")
