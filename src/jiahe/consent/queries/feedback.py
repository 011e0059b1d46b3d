"""What an institution may tell the platform of its dealings with an enterprise."""

from __future__ import annotations

from jiahe.consent.enums import Direction, Purpose
from jiahe.consent.models import Consent
from jiahe.consent.queries.standing import standing
from jiahe.consent.terms import State
from jiahe.kit import clock


def feedback_consent(*, organisation: str, serial: int, what: str) -> Consent | None:
    """The consent under which an institution may tell `what`, a `Result`; None where there is none.

    Call it inside the transaction that stores what was told: the consent is held until that ends.
    """
    now, way = clock.now(), Direction.TO_PLATFORM
    found = standing(organisation=organisation, purpose=Purpose.FEEDBACK, direction=way, serials=[serial], now=now)
    one = found.get((serial, False))
    if one is None or what not in one.terms.categories:
        return None
    in_force = one.terms.state is State.ACTIVE and one.terms.valid_from <= now < one.terms.valid_until
    return one.consent if in_force and not one.terms.frozen else None
