"""Sign in with login name and password."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib import auth
from django.db.models import F
from django.http import HttpRequest

from jiahe.accounts.errors import SignInRefused, SignInResting
from jiahe.accounts.models import SignInAttempts, User
from jiahe.kit import clock, parameters
from jiahe.kit.crypto import keyring

FORGOTTEN_AFTER = timedelta(days=1)


def sign_in(request: HttpRequest, *, login: str, password: str) -> User:
    """Open a session. `SignInRefused` for a wrong pair, `SignInResting` after too many in a row.

    The attempt is counted before the password is tried, by one conditional UPDATE: parallel guesses cannot outrun it.
    """
    now = clock.now()
    digest = keyring().digest(login.strip())
    limit = parameters.value("sign_in_attempts", on=now.date())
    minutes = parameters.value("sign_in_rest_minutes", on=now.date())
    _count(digest, now, limit, minutes)
    user = auth.authenticate(request, username=login.strip(), password=password)
    if not isinstance(user, User):
        raise SignInRefused(limit=limit, minutes=minutes)
    SignInAttempts.objects.filter(login_digest=digest).delete()
    SignInAttempts.objects.filter(last_at__lt=now - FORGOTTEN_AFTER).delete()
    auth.login(request, user)
    return user


def _count(digest: str, now: datetime, limit: int, minutes: int) -> None:
    rested = now - timedelta(minutes=minutes)
    SignInAttempts.objects.get_or_create(login_digest=digest, defaults={"last_at": now})
    attempts = SignInAttempts.objects.filter(login_digest=digest)
    attempts.filter(last_at__lte=rested).update(count=0)
    if not attempts.filter(count__lt=limit).update(count=F("count") + 1, last_at=now):
        last_at = attempts.values_list("last_at", flat=True).get()
        raise SignInResting(minutes=-((rested - last_at) // timedelta(minutes=1)))
