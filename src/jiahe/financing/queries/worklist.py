"""Orders as a work list: one table, the most urgent first, filtered and sorted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, QuerySet
from django.db.models.expressions import OrderBy
from django.utils.translation import gettext_lazy as _

from jiahe.accounts.queries.branches import below
from jiahe.financing.card import TONES, left_of
from jiahe.financing.models import Order
from jiahe.financing.names import names
from jiahe.financing.queries.deadlines import late
from jiahe.financing.queries.orders import visible_to
from jiahe.financing.time_left import TimeLeft
from jiahe.financing.workflow import LIVE, STAGE_IN_HAND, OrderState
from jiahe.kit.actor import Actor

LISTS: dict[str, tuple[OrderState, ...]] = {
    "live": LIVE,
    "waiting": (OrderState.DISPATCHED,),
    "past": tuple(state for state in OrderState if state not in LIVE),
}
SORTS: dict[str, tuple[OrderBy | str, ...]] = {
    "due": (F("due_at").asc(nulls_last=True), F("ended_at").desc(nulls_last=True), "pk"),
    "newest": ("-created_at", "-pk"),
    "amount": ("-request__amount", "pk"),
}

SORT_NAMES = {"due": _("最紧急"), "newest": _("最新"), "amount": _("金额从大到小")}


@dataclass(frozen=True)
class Wanted:
    """What is looked for; a branch stands for itself and those below it, a manager is a user's id, an
    institution its code."""

    shown: str = "live"
    state: str = ""
    stage: str = ""
    overdue: bool = False
    manager: str = ""
    branch: str = ""
    institution: str = ""
    sort: str = "due"

    @property
    def any(self) -> bool:
        return bool(self.state or self.stage or self.overdue or self.manager or self.branch or self.institution)


@dataclass(frozen=True)
class Line:
    """An order as the table shows it. `left` is what is left of the time limit in hand."""

    order: Order
    enterprise: str
    left: TimeLeft | None

    @property
    def tone(self) -> str:
        return TONES.get(self.order.state, "none")

    @property
    def owed(self) -> bool:
        """Whether the institution's clock stands, because the enterprise owes an answer."""
        return self.order.stopped_at is not None


def worklist(*, actor: Actor, wanted: Wanted) -> QuerySet[Order]:
    """The orders of a list that fit what is wanted, in its order; never one that the actor may not see."""
    found = visible_to(actor).filter(state__in=LISTS[wanted.shown])
    if wanted.state:
        found = found.filter(state=wanted.state)
    if wanted.stage:
        found = found.filter(state__in=[s for s, stage in STAGE_IN_HAND.items() if stage == wanted.stage])
    if wanted.overdue:
        found = found.filter(late())
    if wanted.manager:
        found = found.filter(manager_id=int(wanted.manager))
    if wanted.branch:
        inside = [node.branch.pk for node in below(actor.organisation, wanted.branch)]
        found = found.filter(branch__in=inside)
    if wanted.institution:
        found = found.filter(institution__code=wanted.institution)
    return found.order_by(*SORTS[wanted.sort])


def lines(*, actor: Actor, orders: Iterable[Order]) -> list[Line]:
    """The orders with the names of their enterprises, as far as the actor is told them, in two queries."""
    read = list(orders)
    named = names(actor, read)
    return [Line(order, named[order.pk], left_of(order)) for order in read]
