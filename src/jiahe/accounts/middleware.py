"""Nobody unseen: every page needs a session unless its view says otherwise, and a session left alone ends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib import auth, messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from jiahe.accounts.actor import membership_of
from jiahe.accounts.errors import NoMembership
from jiahe.accounts.models import Membership
from jiahe.kit import clock, parameters

SEEN_AT = "seen_at"
# Writing the session on every request would queue every read behind the database's one writer.
WRITE_EVERY = timedelta(minutes=1)


class SignedIn(LoginRequiredMiddleware):
    """Ends idle sessions, and sends whoever is not signed in to the sign-in page, also from within htmx."""

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., HttpResponseBase],
        view_args: tuple[Any, ...],
        view_kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        if request.user.is_authenticated:
            _end_when_idle(request)
            request.acting = SimpleLazyObject(lambda: _acting(request))  # type: ignore[attr-defined]  # for pages' heads
        answer = super().process_view(request, view_func, view_args, view_kwargs)
        if isinstance(answer, HttpResponseRedirect) and request.headers.get("HX-Request"):
            return HttpResponse(status=204, headers={"HX-Redirect": resolve_url(settings.LOGIN_URL)})
        return answer


def _acting(request: HttpRequest) -> Membership | None:
    try:
        return membership_of(request)
    except NoMembership:
        return None


def _end_when_idle(request: HttpRequest) -> None:
    now = clock.now()
    minutes = parameters.value("session_idle_minutes", on=now.date())
    written = request.session.get(SEEN_AT)
    seen_at = datetime.fromisoformat(written) if written else now
    if now - seen_at > timedelta(minutes=minutes):
        auth.logout(request)
        messages.info(
            request, _("已有 %(minutes)s 分钟未操作，为保护数据已自动退出：请重新登录。") % {"minutes": minutes}
        )
    elif written is None or now - seen_at >= WRITE_EVERY:
        request.session[SEEN_AT] = now.isoformat()
