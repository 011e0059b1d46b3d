"""Make sure that it is the person themselves who changes what protects their account."""

from __future__ import annotations

from django.http import HttpRequest

from jiahe.accounts import attempts, sessions
from jiahe.accounts.errors import NotSignedIn, PasswordRefused, SignInAgain
from jiahe.accounts.models import User


def confirm(request: HttpRequest, *, password: str) -> User:
    """The signed-in person, after their password was typed again; wrong ones count as at sign-in.

    Somebody who has no password here must have signed in a few minutes ago: `SignInAgain`.
    """
    user = request.user
    if not isinstance(user, User):
        raise NotSignedIn
    if not user.has_usable_password():
        if not sessions.is_fresh(request):
            raise SignInAgain(minutes=int(sessions.FRESH.total_seconds() // 60))
        return user
    attempts.count(user.login)
    if not user.check_password(password):
        raise PasswordRefused
    attempts.forget(user.login)
    return user
