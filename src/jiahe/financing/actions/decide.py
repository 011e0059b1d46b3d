"""The institution's decision: an offer, a refusal with its reason, or the order given back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from jiahe.accounts.typed import line
from jiahe.financing import limits
from jiahe.financing.actions.redispatch import free_place
from jiahe.financing.actions.step import move_order
from jiahe.financing.actions.work import begin_step, ending
from jiahe.financing.enums import OfferState
from jiahe.financing.models import Offer, Order
from jiahe.financing.parties import user_of
from jiahe.financing.workflow import Limit, OrderAction
from jiahe.kit import clock
from jiahe.kit.actor import Actor


@dataclass(frozen=True)
class Terms:
    """What is offered: yuan, annual rate per cent, months; `valid_until` None: as long as the enterprise has to choose."""

    amount: Decimal
    rate: Decimal
    term_months: int
    guarantees: tuple[str, ...]
    repayment: str
    fees: Decimal = Decimal(0)
    lpr_term: str = ""
    lpr_on: date | None = None
    spread_bp: int | None = None
    note: str = ""
    valid_until: datetime | None = None


@transaction.atomic
def offer(*, actor: Actor, number: str, terms: Terms) -> Offer:
    """Put an offer on the table; `WrongValue` names what cannot be."""
    order = begin_step(actor, OrderAction.OFFER, number, terms=terms)
    now = clock.now()
    until = terms.valid_until or limits.ends(Limit.CHOOSE, now)
    made = Offer.objects.create(
        order=order,
        amount=terms.amount,
        rate=terms.rate,
        lpr_term=terms.lpr_term,
        lpr_on=terms.lpr_on,
        spread_bp=terms.spread_bp,
        term_months=terms.term_months,
        guarantees=list(terms.guarantees),
        repayment=terms.repayment,
        fees=terms.fees,
        note=line(terms.note, _("说明"), 300) if terms.note.strip() else "",
        valid_until=until,
        made_at=now,
        made_by_id=user_of(actor),
    )
    move_order(actor=actor, action=OrderAction.OFFER, order=order, due_at=until)
    return made


@transaction.atomic
def refuse(*, actor: Actor, number: str, reason: str, text: str) -> Order:
    """A refusal always has a structured reason and a sentence for the enterprise."""
    return ending(
        actor, OrderAction.REFUSE, number, values=_typed(reason, text), reason=reason, reason_text=text.strip()
    )


@transaction.atomic
def give_back(*, actor: Actor, number: str, reason: str, text: str) -> Order:
    """The institution gives the order up: its place is free again, and the request open to those it was open to."""
    values = _typed(reason, text)
    return ending(
        actor, OrderAction.RETURN, number, values=values, then=_release, reason=reason, reason_text=text.strip()
    )


def _typed(reason: str, text: str) -> dict[str, str]:
    return {"reason": reason, "text": text}


def _release(order: Order) -> None:
    Offer.objects.filter(order=order, state=OfferState.OPEN).update(state=OfferState.DECLINED)
    free_place(order)
