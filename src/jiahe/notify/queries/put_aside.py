"""Messages that wait for a person, without anything personal in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, QuerySet
from django.utils.translation import gettext_lazy as _

from jiahe.kit.crypto import keyring, mask
from jiahe.notify.errors import NoSuchLetter
from jiahe.notify.models import PUT_ASIDE, Channel, Outgoing, OutgoingState
from jiahe.notify.templates import TEMPLATES

# What those are called that stand in no inbox.
ONLY_SMS = {"code": _("验证码"), "invitation": _("开通账户的邀请")}
AGAIN = (OutgoingState.DEAD, OutgoingState.UNCERTAIN)


@dataclass(frozen=True)
class Aside:
    """One of them as a list shows it."""

    uid: str
    channel: str
    to: str
    title: str
    state: OutgoingState
    problem: str
    attempts: int
    created_at: datetime

    @property
    def can_be_sent(self) -> bool:
        """What its receiver did not get may hold no words any more."""
        return self.state in AGAIN


@dataclass(frozen=True)
class Counts:
    """How many messages wait for a person and how many for the relay, and since when the oldest of these is due."""

    aside: dict[OutgoingState, int]
    waiting: int
    due_since: datetime | None

    @property
    def total(self) -> int:
        return sum(self.aside.values())


def put_aside(state: str = "") -> QuerySet[Outgoing]:
    """The newest first; with `state` only those in it."""
    states = (state,) if state in PUT_ASIDE else PUT_ASIDE
    return Outgoing.objects.filter(state__in=states).select_related("address").order_by("-created_at", "-pk")


def lines(found: QuerySet[Outgoing]) -> list[Aside]:
    return [
        Aside(
            uid=o.uid,
            channel=str(Channel(o.channel).label),
            to=_masked(o),
            title=_title(o.template),
            state=OutgoingState(o.state),
            problem=o.problem,
            attempts=o.attempts,
            created_at=o.created_at,
        )
        for o in found
    ]


def one(uid: str) -> Outgoing:
    """`NoSuchLetter` where there is none."""
    found = Outgoing.objects.select_related("address").filter(uid=uid).first()
    if found is None:
        raise NoSuchLetter
    return found


def counts() -> Counts:
    found = Outgoing.objects.filter(state__in=PUT_ASIDE).values_list("state").annotate(n=Count("pk")).order_by()
    known = dict(found)
    waiting = Outgoing.objects.filter(state=OutgoingState.WAITING, next_at__isnull=False)
    facts = waiting.aggregate(count=Count("pk"), since=Min("next_at"))
    return Counts({state: known.get(state, 0) for state in PUT_ASIDE}, facts["count"], facts["since"])


def _masked(outgoing: Outgoing) -> str:
    """A phone number masked; of an address only whose it is."""
    return outgoing.address.organisation if outgoing.address else mask(keyring().decrypt(outgoing.recipient))


def _title(template: str) -> str:
    return str(TEMPLATES[template].title if template in TEMPLATES else ONLY_SMS[template])
