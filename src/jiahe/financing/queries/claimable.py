"""A request as somebody comes to claim it, in one statement: of a thousand who come at once most only need to be told no.

Plain SQL, which takes half of what Django's own takes; it is that of both databases.
"""

from __future__ import annotations

from jiahe.financing.models import FinancingRequest
from jiahe.financing.workflow import LIVE, RequestState
from jiahe.kit.actor import Actor

_LIVE = ", ".join(f"'{state}'" for state in LIVE)
_SQL = f"""
SELECT r.*,
  EXISTS (SELECT 1 FROM financing_order o WHERE o.request_id = r.id AND o.institution_id = i.id)
  OR EXISTS (SELECT 1 FROM financing_order o
             WHERE o.serial = r.serial AND o.institution_id = i.id AND o.state IN ({_LIVE})) AS held
FROM financing_financingrequest r JOIN accounts_organisation i ON i.code = %s
WHERE r.number = %s AND r.state <> '{RequestState.DRAFT}'
"""


def claimable(*, actor: Actor, number: str) -> tuple[FinancingRequest, bool] | None:
    """A request that was sent out, and whether the actor's institution has an order of it or a live one of its enterprise."""
    for request in FinancingRequest.objects.raw(_SQL, [actor.organisation, number]):
        return request, bool(vars(request)["held"])
    return None
