"""From a signed-in request to the actor that every action and query takes."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponseBase

from jiahe.accounts.enums import Role
from jiahe.accounts.errors import NotSignedIn, WrongRole
from jiahe.accounts.models import User
from jiahe.kit.actor import Actor

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def actor_of(request: HttpRequest, channel: str = "portal") -> Actor:
    """The actor behind a request; `NotSignedIn` when nobody is."""
    user = request.user
    if not isinstance(user, User):
        raise NotSignedIn
    return Actor(user.pk, user.login, user.organisation.code, user.role, channel)


def only_for(role: Role) -> Callable[[View[P]], View[P]]:
    """A view for people in one role; others get `WrongRole`, which says so."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def checked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            actor = actor_of(request)
            if actor.role != role:
                raise WrongRole(needed=role.label, role=Role(actor.role).label)
            return view(request, *args, **kwargs)

        return checked

    return decorate
