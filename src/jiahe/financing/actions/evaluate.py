"""What the enterprise says of how its order was handled."""

from __future__ import annotations

from collections.abc import Collection

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from jiahe.accounts.typed import line
from jiahe.audit.journal import write
from jiahe.financing import parties
from jiahe.financing.enums import Tag
from jiahe.financing.errors import AlreadyEvaluated, TooEarly, WrongValue
from jiahe.financing.models import Evaluation
from jiahe.financing.parties import user_of
from jiahe.financing.queries.orders import one
from jiahe.financing.workflow import ENDED, OrderState, Party
from jiahe.kit import clock
from jiahe.kit.actor import Actor

OPEN_TO_EVALUATION = (*ENDED, OrderState.DISBURSED, OrderState.REPAYING)


@transaction.atomic
def evaluate(*, actor: Actor, number: str, score: int, tags: Collection[str] = (), text: str = "") -> Evaluation:
    """Once an order, from the first money or any end on: 1 (poor) to 5, tags, words."""
    order = one(actor=actor, number=number)
    parties.require(actor, (Party.MEMBER,), order.request, order)
    if order.state not in OPEN_TO_EVALUATION:
        raise TooEarly
    if not 1 <= score <= 5:
        raise WrongValue(what=_("评分"), problem=_("应为 1 至 5"))
    if not set(tags) <= set(Tag.values):
        raise WrongValue(what=_("标签"), problem=_("请从列表中选择"))
    made = Evaluation(
        order=order,
        score=score,
        tags=[tag for tag in Tag.values if tag in tags],
        text=line(text, _("评价"), 500) if text.strip() else "",
        made_at=clock.now(),
        made_by_id=user_of(actor),
    )
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as error:
        raise AlreadyEvaluated from error
    write(actor=actor, action="order.evaluate", subject=f"order:{number}", facts={"score": score})
    return made
