"""The institution reports that a loan went bad."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from jiahe.financing.actions.step import move_order
from jiahe.financing.actions.work import begin_step
from jiahe.financing.models import Order
from jiahe.financing.workflow import OrderAction
from jiahe.kit import clock
from jiahe.kit.actor import Actor
from jiahe.scoring.actions.record_outcomes import Report, record_outcome


@transaction.atomic
def report_default(*, actor: Actor, number: str, kind: str, on: date | None) -> Order:
    """The loan is overdue for more than 90 days since, or was written off on a day; none takes back what was reported.

    Scoring keeps it as an outcome: a report that says nothing new is an `OutcomeRefused`.
    """
    order = begin_step(actor, OrderAction.DEFAULT, number, kind=kind, on=on)
    move_order(actor=actor, action=OrderAction.DEFAULT, order=order, facts={"kind": kind, "on": f"{on or ''}"})
    report = Report(order.request.uscc, on, clock.today(), order.institution.code, kind, order.number)
    record_outcome(actor=actor, report=report)
    return order
