"""Account and security: what protects the account, where one is signed in."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from jiahe.accounts import passkeys, second_factor, sessions
from jiahe.accounts.actions.end_session import end_session, end_sessions
from jiahe.accounts.actions.link import unlink as unlink_identity
from jiahe.accounts.actor import oneself
from jiahe.accounts.models import User
from jiahe.accounts.providers import offered
from jiahe.portals.account.page import reader, show


@dataclass(frozen=True)
class Way:
    """A sign-in that somebody else provides, and whether it is linked to the account."""

    code: str
    label: str
    linked: bool


@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    user = reader(request)
    acting = request.acting  # type: ignore[attr-defined]  # set by accounts.middleware
    context = {
        "sessions": sessions.alive(user),
        "present": request.session.session_key,
        "has_factor": second_factor.is_set(user),
        "factor_required": bool(acting) and second_factor.is_required(acting.role),
        "recovery_left": second_factor.recovery_left(user),
        "passkeys": passkeys.of(user),
        "passkeys_work": passkeys.can_be_used(request),
        "ways": _ways(user),
    }
    return show(request, "security", context)


def _ways(user: User) -> list[Way]:
    linked = set(user.identities.values_list("provider", flat=True))
    return [Way(p.code, str(p.label), p.code in linked) for p in offered()]


@require_POST
def end_one(request: HttpRequest, session_id: int) -> HttpResponse:
    end_session(actor=oneself(request), user=reader(request), session_id=session_id)
    messages.info(request, _("该设备已退出登录。"))
    return redirect("account:security")


@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    count = end_sessions(actor=oneself(request), user=reader(request), but=request.session.session_key)
    messages.info(request, _("其他 {count} 处登录已全部退出。").format(count=count))
    return redirect("account:security")


@require_POST
def unlink(request: HttpRequest, provider: str) -> HttpResponse:
    unlink_identity(actor=oneself(request), user=reader(request), provider=provider)
    return redirect("account:security")
