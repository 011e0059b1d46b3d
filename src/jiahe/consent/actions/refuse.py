"""Refuse a request; the institution then waits before it may ask again."""

from __future__ import annotations

from django.utils.translation import gettext as _

from jiahe.consent.actions.move import move
from jiahe.consent.draft import optional_line
from jiahe.consent.models import Consent
from jiahe.consent.terms import Action
from jiahe.kit.actor import Actor


def refuse(*, actor: Actor, number: str, reason: str = "") -> Consent:
    """Raises as `move`, and as `typed.line` for the reason."""
    return move(actor=actor, action=Action.REFUSE, number=number, reason=optional_line(reason, _("原因")))
