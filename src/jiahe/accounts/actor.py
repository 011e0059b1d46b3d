"""From a signed-in request to the membership it acts under, and to the actor that every action and query takes."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponseBase

from jiahe.accounts.enums import MembershipState, OrganisationKind, OrganisationState, Role
from jiahe.accounts.errors import NoMembership, NotSignedIn, WrongRole
from jiahe.accounts.models import Membership, User
from jiahe.kit import clock
from jiahe.kit.actor import Actor

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
ACTING = "membership"  # the session's key for the membership that was chosen


def memberships(user: User) -> QuerySet[Membership]:
    """Those a person may act under now, the oldest first; none of an agency whose filing does not hold today."""
    unfiled = Q(organisation__kind=OrganisationKind.AGENCY) & Q(organisation__filed_until__lt=clock.today())
    return (
        Membership.objects.select_related("organisation", "branch")
        .filter(user=user, state=MembershipState.ACTIVE, user__is_active=True)
        .exclude(organisation__state=OrganisationState.CLOSED)
        .exclude(unfiled)
        .order_by("since", "pk")
    )


def membership_of(request: HttpRequest) -> Membership:
    """The membership that the request acts under: the chosen one, or the person's first; read once a request.

    `NotSignedIn` when nobody is; `NoMembership` for a person who may act for no organisation.
    """
    known: Membership | None = getattr(request, "_membership", None)
    if known is None:
        user = request.user
        if not isinstance(user, User):
            raise NotSignedIn
        mine = memberships(user)
        known = mine.filter(pk=request.session.get(ACTING, 0)).first() or mine.first()
        if known is None:
            raise NoMembership
        request._membership = known  # type: ignore[attr-defined]  # remembered as Django remembers request.user
    return known


def act_under(request: HttpRequest, membership_id: int) -> Membership:
    """Act for another of one's organisations from now on; `NoMembership` where it is none of the person's."""
    user = request.user
    chosen = memberships(user).filter(pk=membership_id).first() if isinstance(user, User) else None
    if chosen is None:
        raise NoMembership
    request.session[ACTING] = chosen.pk
    request._membership = chosen  # type: ignore[attr-defined]  # as above
    return chosen


def as_actor(membership: Membership, channel: str) -> Actor:
    """The actor of a membership; its `user`, `organisation` and `branch` should be loaded with it."""
    return Actor(
        user_id=membership.user_id,
        login=membership.user.login,
        organisation=membership.organisation.code,
        role=membership.role,
        channel=channel,
        branch=membership.branch.code if membership.branch else "",
        representative=membership.representative,
    )


def actor_of(request: HttpRequest, channel: str = "portal") -> Actor:
    """The actor behind a request; raises as `membership_of`."""
    membership = membership_of(request)
    assert isinstance(request.user, User)
    membership.user = request.user
    return as_actor(membership, channel)


def only_for(*roles: Role) -> Callable[[View[P]], View[P]]:
    """A view for people in one of these roles; others get `WrongRole`, which says so."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def checked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            role = Role(membership_of(request).role)
            if role not in roles:
                raise WrongRole(needed="、".join(str(r.label) for r in roles), role=role.label)
            return view(request, *args, **kwargs)

        checked.roles = roles  # type: ignore[attr-defined]  # the authorisation matrix reads it
        return checked

    return decorate
