"""Sign in with login name and password, and show the second factor."""

from __future__ import annotations

from django.contrib import auth
from django.db import transaction
from django.http import HttpRequest

from jiahe.accounts import attempts, limits, second_factor, sessions
from jiahe.accounts.actor import oneself
from jiahe.accounts.errors import CodeRefused, NotSignedIn, SignInRefused
from jiahe.accounts.models import User
from jiahe.audit.journal import write


def sign_in(request: HttpRequest, *, login: str, password: str) -> User:
    """Open a session. `SignInRefused` for a wrong pair, `SignInResting` after too many in a row, `TooMany` after more.

    What the session may do before a second factor was shown is decided by `accounts.debts`.
    """
    limits.take("sign_in", address=limits.address_of(request), login=login.strip())
    attempts.count(login.strip())
    user = auth.authenticate(request, username=login.strip(), password=password)
    if not isinstance(user, User):
        raise SignInRefused(limit=attempts.rule().limit, minutes=attempts.rule().minutes)
    attempts.forget(login.strip())
    open_session(request, user, way="password")
    return user


@transaction.atomic
def open_session(request: HttpRequest, user: User, *, way: str, verified: bool = False) -> None:
    """Sign in somebody who was recognised in one of the ways; `verified` when that way is two factors in itself."""
    sessions.begin(request, user)
    if verified:
        sessions.mark_verified(request)
    write(actor=oneself(request), action="accounts.sign_in", subject=f"user:{user.pk}", facts={"way": way})


def show_code(request: HttpRequest, *, code: str) -> None:
    """Show the second factor of the signed-in person: a code of their device, or a recovery code.

    `CodeRefused` for a wrong or a spent one, `SignInResting` after too many in a row, counted as passwords are.
    """
    user = request.user
    if not isinstance(user, User):
        raise NotSignedIn
    counted = attempts.code_of(user.pk)
    attempts.count(counted)
    if second_factor.accepts(user, code):
        way = "code"
    elif second_factor.accepts_recovery(user, code):
        way = "recovery_code"
    else:
        raise CodeRefused
    attempts.forget(counted)
    with transaction.atomic():
        sessions.mark_verified(request)
        write(actor=oneself(request), action="accounts.verify", subject=f"user:{user.pk}", facts={"way": way})
