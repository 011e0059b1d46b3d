"""An institution's rule: written down, published, ended. Only its head administrator does."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from jiahe.accounts.enums import Role
from jiahe.accounts.models import Organisation
from jiahe.audit.journal import write
from jiahe.financing.precredit.enums import RuleState
from jiahe.financing.precredit.errors import NotYours, RuleStateChanged, WrongRule
from jiahe.financing.precredit.models import LimitRule
from jiahe.financing.precredit.queries.rules import lendable, one, own
from jiahe.financing.precredit.stated import Stated, faults
from jiahe.kit import clock
from jiahe.kit.actor import Actor
from jiahe.products.parties import require_active
from jiahe.scoring.points.measures import bases


@transaction.atomic
def draft(*, actor: Actor, stated: Stated) -> LimitRule:
    """The institution's draft, as stated; begun where there is none. `WrongRule` names every fault."""
    institution = _institution(actor)
    products = {product.number: product for product in lendable(institution.code)}
    if wrong := faults(stated, bases={one.code for one in bases()}, products=products):
        raise WrongRule(wrong)
    rule = LimitRule.objects.filter(institution=institution, state=RuleState.DRAFT).first()
    if rule is None:
        last = own(actor).values_list("number", flat=True).first() or 0
        rule = LimitRule(institution=institution, number=last + 1)
    for name in ("base", "least", "most", "valid_days", "rate", "repayment", "most_months"):
        setattr(rule, name, getattr(stated, name))
    rule.steps = [list(step) for step in stated.steps]
    rule.drafted_at, rule.drafted_by_id = clock.now(), actor.user_id
    rule.save()
    rule.products.set([products[number] for number in stated.products])
    _record(actor, "draft", rule)
    return rule


@transaction.atomic
def publish(*, actor: Actor, number: int) -> LimitRule:
    """It takes the place of the one published before, at once; what was applied for under that one stays as it was."""
    _institution(actor)
    rule, now = one(actor=actor, number=number), clock.now()
    own(actor).filter(state=RuleState.PUBLISHED).update(state=RuleState.REPLACED, ended_at=now)
    _move(rule, RuleState.DRAFT, state=RuleState.PUBLISHED, published_at=now, published_by_id=actor.user_id)
    _record(actor, "publish", rule)
    return rule


@transaction.atomic
def end(*, actor: Actor, number: int) -> LimitRule:
    """The institution takes part no more: nobody sees a limit of it, and nothing is granted by points."""
    _institution(actor)
    rule = one(actor=actor, number=number)
    _move(rule, RuleState.PUBLISHED, state=RuleState.ENDED, ended_at=clock.now())
    _record(actor, "end", rule)
    return rule


def _institution(actor: Actor) -> Organisation:
    """Its row is held, so that its head administrators go one after the other."""
    if actor.role != Role.HEAD_ADMIN:
        raise NotYours(who=Role.HEAD_ADMIN.label)
    institution = Organisation.objects.select_for_update().get(code=actor.organisation)
    require_active(institution)
    return institution


def _move(rule: LimitRule, start: RuleState, **changes: Any) -> None:
    moved = LimitRule.objects.filter(pk=rule.pk, state=start).update(**changes)
    rule.refresh_from_db()
    if not moved:
        raise RuleStateChanged(number=rule.number, state=rule.get_state_display())


def _record(actor: Actor, action: str, rule: LimitRule) -> None:
    facts = {"institution": rule.institution.code, "rule": rule.number, "state": rule.state}
    write(
        actor=actor,
        action=f"precredit.{action}",
        subject=f"limit_rule:{rule.institution.code}/{rule.number}",
        facts=facts,
    )
