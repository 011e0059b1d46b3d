"""Take a consent back: one click, at once, for good."""

from __future__ import annotations

from django.utils.translation import gettext as _

from jiahe.consent.actions.move import move
from jiahe.consent.draft import optional_line
from jiahe.consent.models import Consent
from jiahe.consent.terms import Action
from jiahe.kit.actor import Actor


def revoke(*, actor: Actor, number: str, reason: str = "") -> Consent:
    """When this has returned nothing is read under the consent any more. Raises as `move`, and as `typed.line` for the reason."""
    return move(actor=actor, action=Action.REVOKE, number=number, reason=optional_line(reason, _("原因")))
