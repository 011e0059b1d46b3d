"""Go back to the card that was in use before."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from jiahe.accounts.typed import line
from jiahe.kit import clock
from jiahe.kit.actor import Actor
from jiahe.scoring.actions.move_card import LONGEST, move, record, require_officer, tell_officials
from jiahe.scoring.errors import NothingBefore, SamePerson
from jiahe.scoring.models import CardState, CardVersion
from jiahe.scoring.queries.cards import version_of


@transaction.atomic
def roll_back(*, actor: Actor, number: int, reason: str) -> CardVersion:
    """Away from the card `number`; gives the one in use again, published anew by the actor, who must not have committed it.

    `CardMoved` where `number` is not in use any more, `NothingBefore` where none was before it; raises as `typed.line`.
    """
    person, now, said = require_officer(actor), clock.now(), line(reason, _("原因"), LONGEST)
    left = move(
        version_of(number), CardState.PUBLISHED, CardState.RETIRED, retired_at=now, retired_by_id=person, reason=said
    )
    before = left.replaced
    if before is None:
        raise NothingBefore
    if before.committed_by_id == person:
        raise SamePerson(number=before.number)
    anew = {"published_at": now, "published_by_id": person, "retired_at": None, "retired_by": None, "reason": said}
    again = move(before, CardState.RETIRED, CardState.PUBLISHED, **anew)
    record(actor, "roll_back", again, left=number, reason=said)
    tell_officials(actor, "card.rolled_back", again, from_number=number, reason=said)
    return again
