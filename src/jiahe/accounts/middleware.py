"""Nobody unseen: every page needs a session unless its view says otherwise, a session left alone ends, and one that
still owes something gets no other page than the one that settles it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from jiahe.accounts import sessions
from jiahe.accounts.actor import membership_of, mine
from jiahe.accounts.debts import Debt, owed, page_of
from jiahe.accounts.errors import NoMembership
from jiahe.accounts.models import Membership, User
from jiahe.kit import clock, parameters

SEEN_AT = "seen_at"
# Writing the session on every request would queue every read behind the database's one writer.
WRITE_EVERY = timedelta(minutes=1)
# What an open page asks for by itself says nothing of whether somebody sits before it.
UNATTENDED = "X-Unattended"


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
            # For pages' heads: whom one acts for, and whom one could act for instead.
            request.acting = SimpleLazyObject(lambda: _acting(request))  # type: ignore[attr-defined]
            request.acting_elsewhere = SimpleLazyObject(lambda: _elsewhere(request))  # type: ignore[attr-defined]
        answer = super().process_view(request, view_func, view_args, view_kwargs) or _owing(request, view_func)
        if isinstance(answer, HttpResponseRedirect) and request.headers.get("HX-Request"):
            return HttpResponse(status=204, headers={"HX-Redirect": answer.url.partition("?")[0]})
        return answer


def _owing(request: HttpRequest, view: Callable[..., HttpResponseBase]) -> HttpResponseRedirect | None:
    """The way to the page that settles what the session owes.

    Pages that need no session stay open; whoever has not shown the second factor is a stranger to them.
    """
    if not isinstance(request.user, User):
        return None
    debt = owed(request, request.user)
    if debt is None or debt in getattr(view, "settles", ()):
        return None
    if not getattr(view, "login_required", True):
        if debt is Debt.CODE:
            request.user = AnonymousUser()
        return None
    goal = request.get_full_path() if request.method == "GET" else "/"
    return HttpResponseRedirect(page_of(debt, goal))


def _acting(request: HttpRequest) -> Membership | None:
    try:
        return membership_of(request)
    except NoMembership:
        return None


def _elsewhere(request: HttpRequest) -> list[Membership]:
    return [one for one in mine(request) if one != _acting(request)]


def _end_when_idle(request: HttpRequest) -> None:
    now = clock.now()
    minutes = parameters.value("session_idle_minutes", on=now.date())
    written = request.session.get(SEEN_AT)
    seen_at = datetime.fromisoformat(written) if written else now
    if now - seen_at > timedelta(minutes=minutes):
        sessions.end(request)
        messages.info(
            request, _("已有 %(minutes)s 分钟未操作，为保护数据已自动退出：请重新登录。") % {"minutes": minutes}
        )
    elif UNATTENDED not in request.headers and (written is None or now - seen_at >= WRITE_EVERY):
        request.session[SEEN_AT] = now.isoformat()
        sessions.seen(request, now)
