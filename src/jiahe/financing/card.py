"""A request and its orders as pages and interfaces show them: state, stages, time left, and what the reader may do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiahe.consent.complaints.enums import ComplaintState
from jiahe.consent.complaints.models import Complaint
from jiahe.financing.actions.evaluate import OPEN_TO_EVALUATION
from jiahe.financing.enums import Channel, OrderStates, RequestStates, Stages
from jiahe.financing.history import told
from jiahe.financing.models import Evaluation, Event, FinancingRequest, Offer, Order, Tranche
from jiahe.financing.names import names
from jiahe.financing.offer_cost import annualised
from jiahe.financing.parties import parties
from jiahe.financing.precredit.models import Answer
from jiahe.financing.stages import Happened, Step, stages
from jiahe.financing.time_left import LIMITS, TimeLeft, time_left
from jiahe.financing.workflow import LIVE, ORDER_STEPS, REQUEST_STEPS, OrderAction, OrderState, Party, RequestState
from jiahe.kit.actor import Actor
from jiahe.kit.crypto import keyring

_O, _R = OrderState, RequestState
_Row = TypeVar("_Row", Event, Tranche)
# Apart for orders and requests, which share the word "agreed".
NEXT: dict[str, Promise] = {
    _O.DISPATCHED: gettext_lazy("等待机构受理"),
    _O.ACCEPTED: gettext_lazy("机构将联系企业，开始尽调"),
    _O.DILIGENCE: gettext_lazy("机构完成尽调后进入审核"),
    _O.MORE_WANTED: gettext_lazy("等待企业补充材料，机构的时限暂停"),
    _O.REVIEW: gettext_lazy("机构将给出授信方案或说明原因"),
    _O.APPROVED: gettext_lazy("等待企业选择方案"),
    _O.AGREED: gettext_lazy("机构与企业签订合同"),
    _O.SIGNED: gettext_lazy("机构发放首笔贷款"),
    _O.DISBURSED: gettext_lazy("机构发放其余贷款"),
}
NEXT_OF_REQUEST: dict[str, Promise] = {
    _R.OPEN: gettext_lazy("等待机构接单"),
    _R.UNDERWAY: gettext_lazy("机构正在办理，收到方案后由企业选择"),
    _R.AGREED: gettext_lazy("与选定的机构签约、放款"),
}
TONES: dict[str, str] = {
    **dict.fromkeys((_O.DISPATCHED, _O.ACCEPTED, _O.DILIGENCE, _O.REVIEW), "info"),
    **dict.fromkeys((_O.MORE_WANTED, _O.APPROVED), "due"),
    **dict.fromkeys((_O.AGREED, _O.SIGNED, _O.DISBURSED, _O.REPAYING), "good"),
    **dict.fromkeys((_O.REFUSED, _O.RETURNED), "bad"),
    **dict.fromkeys((_R.OPEN, _R.UNDERWAY), "info"),
    _R.AGREED: "good",
}
STEP_WORDS = {
    "done": gettext_lazy("已完成"),
    "now": gettext_lazy("进行中"),
    "next": gettext_lazy("未开始"),
    "left": gettext_lazy("未进行"),
}


@dataclass(frozen=True)
class StageLine:
    """One of the six stages with its name and its state in words; `left` stands at the one in hand."""

    step: Step
    left: TimeLeft | None

    @property
    def name(self) -> str:
        return str(Stages(self.step.stage).label)

    @property
    def word(self) -> str:
        return str(STEP_WORDS[self.step.state])


@dataclass(frozen=True)
class OrderCard:
    """An order as its reader sees it; `reported` is what was told of a loan that went bad.

    `may` names the steps open to the reader, `evaluate` and `complain` where they are.
    """

    order: Order
    enterprise: str
    stages: tuple[StageLine, ...]
    left: TimeLeft | None
    offer: Offer | None
    cost: Decimal | None
    tranches: tuple[Tranche, ...]
    evaluation: Evaluation | None
    complaints: tuple[Complaint, ...]
    reported: tuple[tuple[datetime, str], ...]
    may: frozenset[str]

    @property
    def state(self) -> str:
        return str(OrderStates(self.order.state).label)

    @property
    def tone(self) -> str:
        return TONES.get(self.order.state, "none")

    @property
    def next(self) -> str:
        return str(NEXT.get(self.order.state, ""))

    @property
    def live(self) -> bool:
        return self.order.state in LIVE

    @property
    def owed(self) -> bool:
        """Whether the institution's clock stands, because the enterprise owes an answer."""
        return self.order.stopped_at is not None

    @property
    def manager_phone(self) -> str:
        """Where to reach the account manager as long as the order is live; empty where they have left none."""
        manager = self.order.manager
        return keyring().decrypt(manager.phone) if self.live and manager and manager.phone else ""

    @property
    def paid(self) -> Decimal:
        return sum((tranche.amount for tranche in self.tranches), Decimal(0))


@dataclass(frozen=True)
class RequestCard:
    """A request with those of its orders that the reader may see."""

    request: FinancingRequest
    orders: tuple[OrderCard, ...]
    may: frozenset[str]

    @property
    def state(self) -> str:
        return str(RequestStates(self.request.state).label)

    @property
    def tone(self) -> str:
        return TONES.get(self.request.state, "none")

    @property
    def next(self) -> str:
        return str(NEXT_OF_REQUEST.get(self.request.state, ""))

    @property
    def offers(self) -> tuple[OrderCard, ...]:
        """The orders with an offer, the cheapest first; what cannot be reckoned comes last."""
        found = [card for card in self.orders if card.offer]
        return tuple(sorted(found, key=lambda card: (card.cost is None, card.cost or 0, card.order.pk)))

    @property
    def cheapest(self) -> Decimal | None:
        """The lowest annualised cost among the offers; None where they do not differ in it."""
        costs = {card.cost for card in self.offers if card.cost is not None}
        return min(costs) if len(costs) > 1 else None

    @property
    def waiting(self) -> tuple[OrderCard, ...]:
        """The orders in which the enterprise owes an answer."""
        return tuple(card for card in self.orders if card.owed)


def request_card(actor: Actor, request: FinancingRequest, orders: Sequence[OrderCard] = ()) -> RequestCard:
    held, state = parties(actor, request), RequestState(request.state)
    may = {a.value for a, step in REQUEST_STEPS.items() if state in step.start and held & set(step.who)}
    return RequestCard(request, tuple(orders), frozenset(may))


def order_cards(actor: Actor, orders: Sequence[Order]) -> list[OrderCard]:
    """Cards of orders that the actor may see (`queries.orders.visible_to`), in as many queries for many as for one."""
    keys = [order.pk for order in orders]
    events = _by_order(Event.objects.filter(order__in=keys).select_related("user").order_by("at", "pk"))
    tranches = _by_order(Tranche.objects.filter(order__in=keys).order_by("paid_on", "pk"))
    complaints: dict[str, list[Complaint]] = {}
    for made in Complaint.objects.filter(order__in=[o.number for o in orders]).order_by("made_at", "pk"):
        complaints.setdefault(made.order, []).append(made)
    offers = {offer.order_id: offer for offer in Offer.objects.filter(order__in=keys)}
    evaluations = {one.order_id: one for one in Evaluation.objects.filter(order__in=keys)}
    points = [order.pk for order in orders if order.channel == Channel.POINTS]
    answered = Answer.objects.filter(order__in=points).values_list("order_id", flat=True) if points else []
    undecided = set(points).difference(answered)
    named = names(actor, orders)
    cards = []
    for order in orders:
        left, offer, evaluation = left_of(order), offers.get(order.pk), evaluations.get(order.pk)
        objections = tuple(complaints.get(order.number, ()))
        card = OrderCard(
            order=order,
            enterprise=named[order.pk],
            stages=tuple(_stage_lines(order, events.get(order.pk, ()), left)),
            left=left,
            offer=offer,
            cost=annualised(offer) if offer else None,
            tranches=tuple(tranches.get(order.pk, ())),
            evaluation=evaluation,
            complaints=objections,
            reported=tuple((event.at, text) for event in events.get(order.pk, ()) if (text := told(event))),
            may=_may(actor, order, evaluation, objections, by_points=order.pk in undecided),
        )
        cards.append(card)
    return cards


def order_card(actor: Actor, order: Order) -> OrderCard:
    return order_cards(actor, [order])[0]


def left_of(order: Order) -> TimeLeft | None:
    """What is left of the limit in hand; None for an order that has none."""
    limit = LIMITS.get(OrderState(order.state))
    return time_left(limit, order.due_at) if limit and order.due_at else None


def _stage_lines(order: Order, events: Sequence[Event], left: TimeLeft | None) -> list[StageLine]:
    happened = [Happened(event.action, event.at, _by(event, order)) for event in events]
    steps = stages(OrderState(order.state), happened, due_at=order.due_at)
    return [StageLine(step, left if step.state == "now" else None) for step in steps]


def _by(event: Event, order: Order) -> str:
    """Who took a step: the account manager by name, everybody else by what they are."""
    if event.organisation == order.institution.code and event.user:
        return event.user.name
    if event.organisation == order.request.uscc:
        return _("企业")
    return _("主管部门") if event.user_id else _("平台")


def _may(
    actor: Actor, order: Order, evaluation: Evaluation | None, complaints: Sequence[Complaint], *, by_points: bool
) -> frozenset[str]:
    held, state = parties(actor, order.request, order), OrderState(order.state)
    may = {a.value for a, step in ORDER_STEPS.items() if state in step.start and held & set(step.who)}
    if not by_points:
        may.discard(OrderAction.GRANT)
    if Party.MEMBER in held:
        if evaluation is None and state in OPEN_TO_EVALUATION:
            may.add("evaluate")
        if not any(one.state == ComplaintState.OPEN for one in complaints):
            may.add("complain")
    return frozenset(may)


def _by_order(found: Iterable[_Row]) -> dict[int, list[_Row]]:
    kept: dict[int, list[_Row]] = {}
    for one in found:
        assert one.order_id is not None
        kept.setdefault(one.order_id, []).append(one)
    return kept
