"""Contract and money."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from jiahe.accounts.typed import line
from jiahe.financing.actions.step import finish_if_done, move_order
from jiahe.financing.actions.work import begin_step
from jiahe.financing.errors import SameVoucher
from jiahe.financing.guards import paid_so_far
from jiahe.financing.models import Order, Tranche
from jiahe.financing.parties import user_of
from jiahe.financing.workflow import OrderAction
from jiahe.kit import clock
from jiahe.kit.actor import Actor


@transaction.atomic
def sign(
    *, actor: Actor, number: str, contract: str, amount: Decimal, first_loan: bool | None = None, evidence: str = ""
) -> Order:
    """The contract is signed. Unsecured is read off the accepted offer; a first loan names what shows it."""
    typed = {"contract": contract, "amount": amount, "first_loan": first_loan, "evidence": evidence}
    order = begin_step(actor, OrderAction.SIGN, number, **typed)
    move_order(
        actor=actor,
        action=OrderAction.SIGN,
        order=order,
        contract_number=contract.strip(),
        contract_amount=amount,
        first_loan=first_loan,
        first_loan_evidence=evidence,
        unsecured=order.offer.unsecured,
    )
    return order


@transaction.atomic
def disburse(*, actor: Actor, number: str, amount: Decimal, paid_on: date, voucher: str) -> Tranche:
    """Money came, once a voucher, and never more than the contract says; the last of it completes the order."""
    order = begin_step(actor, OrderAction.DISBURSE, number, amount=amount, paid_on=paid_on)
    move_order(actor=actor, action=OrderAction.DISBURSE, order=order, facts={"amount": str(amount)})
    tranche = Tranche(
        order=order,
        amount=amount,
        paid_on=paid_on,
        voucher=line(voucher, _("凭证号"), 60),
        recorded_at=clock.now(),
        recorded_by_id=user_of(actor),
    )
    try:
        with transaction.atomic():
            tranche.save(force_insert=True)
    except IntegrityError as error:
        raise SameVoucher(voucher=tranche.voucher) from error
    if paid_so_far(order) == order.contract_amount:
        _complete(actor, order)
    return tranche


@transaction.atomic
def complete(*, actor: Actor, number: str) -> Order:
    """No more money will come."""
    order = begin_step(actor, OrderAction.COMPLETE, number)
    _complete(actor, order)
    return order


def _complete(actor: Actor, order: Order) -> None:
    move_order(actor=actor, action=OrderAction.COMPLETE, order=order)
    finish_if_done(actor=Actor.system(actor.channel), request=order.request)


@transaction.atomic
def close(*, actor: Actor, number: str) -> Order:
    """The loan is paid back."""
    order = begin_step(actor, OrderAction.CLOSE, number)
    move_order(actor=actor, action=OrderAction.CLOSE, order=order)
    return order
