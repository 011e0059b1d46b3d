"""The three lists of the consent centre: what waits, what is in force, what is over."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from jiahe.consent.models import Consent
from jiahe.consent.queries.consents import visible_to
from jiahe.consent.terms import LIVE, OPEN, State
from jiahe.kit.actor import Actor

STATES: dict[str, tuple[State, ...]] = {
    "waiting": (State.REQUESTED,),
    "live": (*LIVE, State.PENDING),
    "past": tuple(s for s in State if s not in OPEN),
}
NAMES = {"waiting": _("待您决定"), "live": _("有效"), "past": _("已结束")}


@dataclass(frozen=True)
class Tab:
    """One of the lists, and how many stand in it."""

    name: str
    label: str
    count: int


def in_list(actor: Actor, name: str) -> QuerySet[Consent]:
    return visible_to(actor).filter(state__in=STATES[name])


def tabs(actor: Actor) -> list[Tab]:
    counted = dict(visible_to(actor).order_by().values_list("state").annotate(Count("pk")))
    return [Tab(name, str(NAMES[name]), sum(counted.get(s, 0) for s in states)) for name, states in STATES.items()]


def first_with_something(found: list[Tab]) -> str:
    """What waits, where something does; what is in force otherwise."""
    return "waiting" if found[0].count else "live"
