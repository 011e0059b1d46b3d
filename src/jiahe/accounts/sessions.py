"""What a session knows of its sign-in, and where else a person is signed in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.contrib import auth
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest

from jiahe.accounts.models import SignedInSession, User
from jiahe.kit import clock, parameters

SIGNED_IN_AT = "signed_in_at"
VERIFIED_AT = "second_factor_at"  # missing: no second factor was shown in this session
FRESH = timedelta(minutes=10)
# What a browser's own word is called here, the first that fits: Edge and others also call themselves Chrome.
BROWSERS = (
    ("MicroMessenger", "微信"),
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("HarmonyOS", "HarmonyOS"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


@transaction.atomic
def begin(request: HttpRequest, user: User) -> None:
    """Sign the person in under a new key and note where."""
    now = clock.now()
    SignedInSession.objects.filter(key=request.session.session_key).delete()
    auth.login(request, user)
    request.session[SIGNED_IN_AT] = now.isoformat()
    user.sessions.filter(seen_at__lt=now - _idle(now)).delete()
    SignedInSession.objects.create(
        user=user,
        key=request.session.session_key or "",
        device=device(request.headers.get("User-Agent", "")),
        started_at=now,
        seen_at=now,
    )


def mark_verified(request: HttpRequest) -> None:
    """A second factor was shown: the session goes on under another key."""
    request.session[VERIFIED_AT] = clock.now().isoformat()
    with _kept(request):
        request.session.cycle_key()


def renew(request: HttpRequest, user: User) -> None:
    """Let this session, alone of all, outlive the change of the person's password; under another key."""
    with _kept(request):
        auth.update_session_auth_hash(request, user)


@contextmanager
def _kept(request: HttpRequest) -> Iterator[None]:
    """The session gets another key in between and stays on the list."""
    before = request.session.session_key
    yield
    SignedInSession.objects.filter(key=before).update(key=request.session.session_key)


def is_verified(request: HttpRequest) -> bool:
    return VERIFIED_AT in request.session


def is_fresh(request: HttpRequest) -> bool:
    """Whether the person signed in a few minutes ago."""
    written = request.session.get(SIGNED_IN_AT)
    return written is not None and clock.now() - datetime.fromisoformat(written) <= FRESH


def end(request: HttpRequest) -> None:
    """Sign out here."""
    SignedInSession.objects.filter(key=request.session.session_key).delete()
    auth.logout(request)


def seen(request: HttpRequest, now: datetime) -> None:
    SignedInSession.objects.filter(key=request.session.session_key).update(seen_at=now)


def alive(user: User) -> QuerySet[SignedInSession]:
    """The person's sessions that have not ended, the last used first."""
    now = clock.now()
    return user.sessions.filter(seen_at__gte=now - _idle(now)).order_by("-seen_at", "-pk")


def device(agent: str) -> str:
    """Browser and system in two words; empty where neither is known."""
    found = (next((name for sign, name in table if sign in agent), "") for table in (BROWSERS, SYSTEMS))
    return " · ".join(name for name in found if name)


def _idle(now: datetime) -> timedelta:
    return timedelta(minutes=parameters.value("session_idle_minutes", on=now.date()))
