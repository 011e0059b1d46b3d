"""Orders as the authority watches them: how many in each stage, how many late, and where a request may be sent."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from jiahe.accounts.models import Organisation
from jiahe.consent.models import Consent
from jiahe.consent.terms import State
from jiahe.financing.enums import Stages
from jiahe.financing.models import FinancingRequest, Order
from jiahe.financing.workflow import STAGE_IN_HAND, OrderState, Stage
from jiahe.kit import clock


@dataclass(frozen=True)
class StageCount:
    """How many live orders stand in a stage, and how many of them are past their time limit."""

    stage: Stage
    count: int
    late: int

    @property
    def name(self) -> str:
        return str(Stages(self.stage).label)


def stage_counts(live: QuerySet[Order]) -> list[StageCount]:
    """The six stages in their order, in one query."""
    late = Count("pk", filter=_overdue())
    counted, overdue = Counter[Stage](), Counter[Stage]()
    for state, count, over in live.order_by().values_list("state").annotate(count=Count("pk"), over=late):
        stage = STAGE_IN_HAND[OrderState(state)]
        counted[stage] += count
        overdue[stage] += over
    return [StageCount(stage, counted[stage], overdue[stage]) for stage in Stage]


def _overdue() -> Q:
    """What the institution is late with; while the enterprise owes an answer the time is the enterprise's."""
    return Q(due_at__lte=clock.now(), stopped_at=None)


def filtered(
    live: QuerySet[Order], *, stage: str = "", overdue: bool = False, institution: Organisation | None = None
) -> QuerySet[Order]:
    """Of live orders those in a stage, past their time limit, of an institution."""
    if stage:
        live = live.filter(state__in=[state.value for state, own in STAGE_IN_HAND.items() if own == stage])
    if overdue:
        live = live.filter(_overdue())
    return live.filter(institution=institution) if institution else live


def open_to(request: FinancingRequest) -> list[Organisation]:
    """The institutions that the enterprise named and that have not come in: to these it may be sent."""
    waiting = Consent.objects.filter(subject_ref=f"request:{request.number}", state=State.PENDING)
    return list(Organisation.objects.filter(pk__in=waiting.values("grantee")).order_by("name"))
