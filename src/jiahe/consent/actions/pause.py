"""Pause a consent and resume it, as often as the enterprise likes."""

from __future__ import annotations

from jiahe.consent.actions.move import move
from jiahe.consent.models import Consent
from jiahe.consent.terms import Action
from jiahe.kit.actor import Actor


def pause(*, actor: Actor, number: str) -> Consent:
    """Nothing is read under it until it is resumed. Raises as `move`."""
    return move(actor=actor, action=Action.PAUSE, number=number)


def resume(*, actor: Actor, number: str) -> Consent:
    """It opens again what it opened before. Raises as `move`."""
    return move(actor=actor, action=Action.RESUME, number=number)
