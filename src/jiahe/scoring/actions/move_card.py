"""What every step of a card has in common: who may take it, the conditional UPDATE, the journal, the message."""

from __future__ import annotations

from typing import Any

from jiahe.accounts.enums import Role
from jiahe.accounts.queries.administrators import model_officers, supervisors
from jiahe.audit.journal import write
from jiahe.kit.actor import Actor
from jiahe.notify.inbox import tell
from jiahe.scoring.errors import CardMoved, NotAModelOfficer
from jiahe.scoring.models import CardState, CardVersion
from jiahe.scoring.queries.cards import version_of

LONGEST = 300  # of a note and of a reason


def require_officer(actor: Actor) -> int:
    """The person's key; `NotAModelOfficer` for anybody else, the system too: a step is a named person's."""
    if actor.role != Role.MODEL_OFFICER or actor.user_id is None:
        raise NotAModelOfficer
    return actor.user_id


def move(version: CardVersion, start: CardState, end: CardState, **changes: Any) -> CardVersion:
    """The version as it is after the step; `CardMoved` where it is in another state, or somebody was there first."""
    moved = CardVersion.objects.filter(pk=version.pk, state=start).update(state=end, **changes)
    now = version_of(version.number)
    if not moved:
        raise moved_on(now)
    return now


def moved_on(version: CardVersion) -> CardMoved:
    return CardMoved(number=version.number, state=version.get_state_display())


def record(actor: Actor, act: str, version: CardVersion, **facts: str | int) -> None:
    """A row in the journal."""
    known = {"digest": version.digest, **facts}
    write(actor=actor, action=f"cards.{act}", subject=f"card:{version.number}", facts=known)


def tell_officials(
    actor: Actor, template: str, version: CardVersion, *, watch: bool = True, **facts: str | int
) -> None:
    """The other model officers, and the supervisors where they `watch`."""
    told = {"number": version.number, **facts}
    for one in [*model_officers(), *(supervisors() if watch else [])]:
        if one.user_id != actor.user_id:
            page = f"/authority/models/{version.number}/"
            tell(organisation=one.organisation.code, user_id=one.user_id, template=template, facts=told, link=page)
