"""What an institution may tell the platform of its dealings with an enterprise."""

from __future__ import annotations

from jiahe.consent.enums import Direction
from jiahe.consent.models import Consent
from jiahe.consent.terms import State
from jiahe.kit import clock
from jiahe.kit.databases import pass_gates, rows_held


def feedback_consent(*, organisation: str, serial: int, what: str) -> Consent | None:
    """The consent under which an institution may tell `what`, one of `terms.FEEDBACK`; None where there is none.

    Call it inside the transaction that stores what was told: the consent is held until that ends.
    """
    pass_gates([serial])
    now = clock.now()
    live = Consent.objects.filter(
        grantee__code=organisation,
        serial=serial,
        direction=Direction.TO_PLATFORM,
        state=State.ACTIVE,
        valid_from__lte=now,
        valid_until__gt=now,
    )
    return next((consent for consent in rows_held(live) if what in consent.categories), None)
