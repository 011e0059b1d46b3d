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


def mine(request: HttpRequest) -> list[Membership]:
    """The memberships of the person behind a request; read once a request. `NotSignedIn` when nobody is."""
    known: list[Membership] | None = getattr(request, "_memberships", None)
    if known is None:
        if not isinstance(request.user, User):
            raise NotSignedIn
        known = request.user.acting_under
        known = list(memberships(request.user)) if known is None else known
        request._memberships = known  # type: ignore[attr-defined]  # remembered as Django remembers request.user
    return known


def membership_of(request: HttpRequest) -> Membership:
    """The membership that the request acts under: the chosen one, or the person's first.

    `NotSignedIn` when nobody is; `NoMembership` for a person who may act for no organisation.
    """
    all_of_them = mine(request)
    if not all_of_them:
        raise NoMembership
    chosen = request.session.get(ACTING)
    return next((one for one in all_of_them if one.pk == chosen), all_of_them[0])


def act_under(request: HttpRequest, membership_id: int) -> Membership:
    """Act for another of one's organisations from now on; `NoMembership` where it is none of the person's."""
    for one in mine(request):
        if one.pk == membership_id:
            request.session[ACTING] = one.pk
            return one
    raise NoMembership


def is_settled(request: HttpRequest) -> bool:
    """Whether it is clear for whom the session acts: it was chosen, or there is no more than one to choose."""
    return len(mine(request)) < 2 or request.session.get(ACTING) in {one.pk for one in mine(request)}


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


def oneself(request: HttpRequest, channel: str = "portal") -> Actor:
    """The person behind a request in what concerns their own account, whether or not they act for anybody."""
    try:
        return actor_of(request, channel)
    except NoMembership:
        assert isinstance(request.user, User)
        return Actor(request.user.pk, request.user.login, "", "", channel)


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
