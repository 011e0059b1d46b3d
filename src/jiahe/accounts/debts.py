"""What a session owes before any page but the one that settles it answers. The first of the list is asked for."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto
from typing import TypeVar
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from jiahe.accounts import second_factor, sessions
from jiahe.accounts.actor import is_settled, membership_of
from jiahe.accounts.errors import NoMembership
from jiahe.accounts.models import User
from jiahe.accounts.passwords import must_change
from jiahe.kit import clock

V = TypeVar("V", bound=Callable[..., object])


class Debt(Enum):
    CODE = auto()  # has a second factor and has not shown it
    PASSWORD = auto()  # the password must be replaced
    CHOICE = auto()  # acts for several organisations and has not said for which
    FACTOR = auto()  # acts in a role that needs a second factor and has none


# Where each is settled: names of URLs.
PAGES = {
    Debt.CODE: "public:code",
    Debt.PASSWORD: "account:password",
    Debt.CHOICE: "account:choice",
    Debt.FACTOR: "account:second_factor",
}


def owed(request: HttpRequest, user: User) -> Debt | None:
    """The first thing that the session still owes."""
    verified = sessions.is_verified(request)
    if not verified and second_factor.is_set(user):
        return Debt.CODE
    if must_change(user, clock.now()):
        return Debt.PASSWORD
    if not is_settled(request):
        return Debt.CHOICE
    if not verified and _needs_factor(request):
        return Debt.FACTOR
    return None


def page_of(debt: Debt, goal: str) -> str:
    """The address of the page that settles a debt and leads on to the goal."""
    return f"{reverse(PAGES[debt])}?{urlencode({'next': goal})}"


def onward(request: HttpRequest, user: User, goal: str) -> str:
    """Where somebody goes who has just been recognised: to the goal, which may be open to strangers, by way of the code."""
    return page_of(Debt.CODE, goal) if owed(request, user) is Debt.CODE else goal


def _needs_factor(request: HttpRequest) -> bool:
    try:
        return second_factor.is_required(membership_of(request).role)
    except NoMembership:
        return False


def settles(*debts: Debt) -> Callable[[V], V]:
    """A view that answers although the session owes one of these."""

    def mark(view: V) -> V:
        view.settles = debts  # type: ignore[attr-defined]  # read by accounts.middleware
        return view

    return mark
