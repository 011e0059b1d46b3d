"""Consents as those concerned see them; to everybody else there are none."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from jiahe.consent.errors import NoSuchConsent
from jiahe.consent.models import Consent
from jiahe.consent.parties import GRANTEES, is_system
from jiahe.kit.actor import Actor


def visible_to(actor: Actor) -> QuerySet[Consent]:
    """What the actor's enterprise gave or the actor's organisation was given, to roles that use it; the newest first."""
    everything = Consent.objects.select_related("grantee").order_by("-requested_at", "-pk")
    if is_system(actor):
        return everything
    given = Q(grantee__code=actor.organisation) if actor.role in GRANTEES else Q()
    return everything.filter(Q(uscc=actor.organisation) | given)


def with_uses(consents: QuerySet[Consent]) -> QuerySet[Consent]:
    """The same with `used`, how many uses there were."""
    return consents.annotate(used=Count("uses"))


def one(*, actor: Actor, number: str) -> Consent:
    """A consent by its number; `NoSuchConsent` alike for one that is not there and one of others."""
    found = visible_to(actor).filter(number=number).first()
    if found is None:
        raise NoSuchConsent(number=number)
    return found
