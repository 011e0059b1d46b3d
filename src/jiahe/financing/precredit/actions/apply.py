"""Apply by credit points: a draft that names the rule the enterprise saw, and what is attached when it goes out."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from jiahe.consent.terms import Subject
from jiahe.creditfile.models import Enterprise
from jiahe.financing.actions.draft import begin
from jiahe.financing.enums import Channel, Mode
from jiahe.financing.models import FinancingRequest
from jiahe.financing.precredit.category import goes_with_an_application
from jiahe.financing.precredit.errors import NoLimit, RuleChanged, WrittenOnly
from jiahe.financing.precredit.models import Precredit
from jiahe.financing.precredit.queries.reckoned import attachable
from jiahe.financing.precredit.queries.rules import in_force, lendable
from jiahe.financing.workflow import RequestState
from jiahe.kit import clock
from jiahe.kit.actor import Actor
from jiahe.products.enums import GuaranteeKind


@transaction.atomic
def begin_by_points(*, actor: Actor, institution: str, rule: int, product: str, **facts: Any) -> FinancingRequest:
    """The draft for one product of an institution, unsecured, under the rule of which the enterprise saw the limit.

    `RuleChanged` where another one is in force by now; `NoLimit` where the institution takes no part with the product;
    `WrittenOnly` for who cannot show its points under an ordinary consent.
    """
    found = in_force().filter(institution__code=institution).first()
    if found is None:
        raise NoLimit(institution=institution)
    known = Enterprise.objects.filter(uscc=actor.organisation).first()
    if known and not goes_with_an_application(Subject(known.serial, known.uscc, known.kind)):
        raise WrittenOnly
    if found.number != rule:
        raise RuleChanged(institution=found.institution.name, number=rule)
    numbers = {one.number for one in found.products.all()}
    chosen = next((one for one in lendable(institution) if one.number == product and one.number in numbers), None)
    if chosen is None or chosen.current is None:
        raise NoLimit(institution=found.institution.name)
    kept = FinancingRequest.objects.filter(
        uscc=actor.organisation, state=RequestState.DRAFT, product=chosen.current, precredit__rule=found
    ).first()
    if kept:
        return kept
    facts["guarantees"] = [GuaranteeKind.CREDIT.value]
    request = begin(actor=actor, mode=Mode.DIRECTED, channel=Channel.POINTS, product=chosen.current.pk, **facts)
    Precredit.objects.create(request=request, rule=found)
    return request


def attach(request: FinancingRequest) -> None:
    """Points and limit as they are now, in the transaction of the submission. Raises as `attachable`."""
    precredit = request.precredit
    found, own = attachable(precredit)
    precredit.system, precredit.points, precredit.most = found.version, found.points.total, found.points.most
    precredit.made_of = [
        {"zh": one.name.zh, "en": one.name.en, "points": one.points, "most": one.most}
        for one in found.points.dimensions
    ]
    precredit.limit, precredit.as_of, precredit.valid_until = own.amount, found.of.as_of, own.valid_until
    precredit.attached_at = clock.now()
    precredit.save()
