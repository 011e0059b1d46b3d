"""Complaints as those concerned see them."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import QuerySet

from jiahe.accounts.enums import Role
from jiahe.consent.complaints.errors import NoSuchComplaint
from jiahe.consent.complaints.models import Complaint
from jiahe.kit.actor import Actor


def visible_to(actor: Actor) -> QuerySet[Complaint]:
    """A supervisor sees all, an enterprise its own; the newest first."""
    found = Complaint.objects.order_by("-made_at", "-pk")
    return found if actor.role == Role.SUPERVISOR else found.filter(uscc=actor.organisation)


def one(*, actor: Actor, number: str) -> Complaint:
    """`NoSuchComplaint` alike for one that is not there and one of others."""
    found = visible_to(actor).filter(number=number).first()
    if found is None:
        raise NoSuchComplaint(number=number[:24])
    return found


def about(*, actor: Actor, readings: Collection[str]) -> dict[str, Complaint]:
    """The complaints about these readings, by the reading's uid."""
    return {c.reading: c for c in visible_to(actor).filter(reading__in=readings)}
