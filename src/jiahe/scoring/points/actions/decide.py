"""Commit a draft, send it back, publish it: two people of the authority."""

from __future__ import annotations

from django.db import transaction

from jiahe.kit import clock
from jiahe.kit.actor import Actor
from jiahe.scoring.points.actions.move import move, tell_institutions
from jiahe.scoring.points.lifecycle import Action
from jiahe.scoring.points.models import SystemVersion
from jiahe.scoring.points.parties import require
from jiahe.scoring.points.queries.versions import one, published


@transaction.atomic
def commit(*, actor: Actor, number: int) -> SystemVersion:
    """The draft is done; it waits for another person."""
    require(actor)
    version = one(number)
    made = {"committed_at": clock.now(), "committed_by_id": actor.user_id}
    move(actor=actor, action=Action.COMMIT, version=version, **made)
    return version


@transaction.atomic
def send_back(*, actor: Actor, number: int) -> SystemVersion:
    """It becomes a draft again."""
    require(actor)
    version = one(number)
    move(actor=actor, action=Action.SEND_BACK, version=version, committed_at=None, committed_by_id=None)
    return version


@transaction.atomic
def publish(*, actor: Actor, number: int) -> SystemVersion:
    """It takes the place of the published version at once; every institution is told."""
    require(actor)
    version, now, old = one(number), clock.now(), published()
    if old:
        move(actor=Actor.system(actor.channel), action=Action.RETIRE, version=old, retired_at=now)
    move(actor=actor, action=Action.PUBLISH, version=version, published_at=now, published_by_id=actor.user_id)
    tell_institutions(version)
    return version
