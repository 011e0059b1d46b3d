"""A request as somebody comes to claim it, in one statement: of a thousand who come at once most only need to be told no.

Plain SQL and few columns, which take a fifth of what Django's own takes; it is that of both databases.
"""

from __future__ import annotations

from dataclasses import dataclass

from jiahe.financing.models import FinancingRequest
from jiahe.financing.workflow import LIVE, RequestState
from jiahe.kit.actor import Actor
from jiahe.kit.statements import aware, send

_LIVE = ", ".join(f"'{state}'" for state in LIVE)
# What a claim looks at; the rest of the request is read when somebody asks for it.
_FIELDS = (
    *("id", "number", "serial", "uscc", "state", "mode", "channel"),
    *("places", "taken", "window_until", "full_at", "ended_at"),
)
_SQL = f"""
SELECT {", ".join(f"r.{name}" for name in _FIELDS)},
  (SELECT b.id FROM accounts_branch b WHERE b.institution_id = i.id AND b.code = %s),
  EXISTS (SELECT 1 FROM financing_order o WHERE o.request_id = r.id AND o.institution_id = i.id)
  OR EXISTS (SELECT 1 FROM financing_order o
             WHERE o.serial = r.serial AND o.institution_id = i.id AND o.state IN ({_LIVE})) AS held
FROM financing_financingrequest r JOIN accounts_organisation i ON i.code = %s
WHERE r.number = %s AND r.state <> '{RequestState.DRAFT}'
"""


@dataclass(frozen=True)
class Claimable:
    """A request that was sent out, the key of the actor's branch, and whether the actor's institution has an order of the
    request or a live one of its enterprise."""

    request: FinancingRequest
    branch: int | None
    held: bool


def claimable(*, actor: Actor, number: str) -> Claimable | None:
    for *stored, branch, held in send(_SQL, [actor.branch, actor.organisation, number])():
        request = FinancingRequest.from_db("default", _FIELDS, [aware(value) for value in stored])
        return Claimable(request, branch, bool(held))
    return None
