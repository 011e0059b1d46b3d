"""Who makes the indicator system: people of the authority."""

from __future__ import annotations

from jiahe.accounts.enums import Role
from jiahe.kit.actor import Actor
from jiahe.scoring.points.errors import NotYours

OFFICER = Role.MODEL_OFFICER


def require(actor: Actor) -> None:
    """`NotYours`, which says whose business it is, for anybody else."""
    if actor.role != OFFICER:
        raise NotYours(who=OFFICER.label)
