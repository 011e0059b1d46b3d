"""Orders as the authority watches them: how many in each stage, how many late."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from jiahe.financing.enums import Stages
from jiahe.financing.models import Order
from jiahe.financing.queries.deadlines import late
from jiahe.financing.workflow import STAGE_IN_HAND, OrderState, Stage


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
    overdue_ones = Count("pk", filter=late())
    counted, overdue = Counter[Stage](), Counter[Stage]()
    for state, count, over in live.order_by().values_list("state").annotate(count=Count("pk"), over=overdue_ones):
        stage = STAGE_IN_HAND[OrderState(state)]
        counted[stage] += count
        overdue[stage] += over
    return [StageCount(stage, counted[stage], overdue[stage]) for stage in Stage]
