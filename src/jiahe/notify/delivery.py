"""One try to hand a message over, by whichever channel; touches no database."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import cast

from django.core.exceptions import ImproperlyConfigured

from jiahe.notify.channels import email, webhook
from jiahe.notify.models import Channel
from jiahe.notify.providers import Carrier, Letter, NotDelivered, Receipt, Tracking, Uncertain, provider

log = logging.getLogger(__name__)
Outcome = Receipt | NotDelivered | Uncertain
_CHANNELS: dict[Channel, Callable[[], Carrier]] = {Channel.EMAIL: lambda: email, Channel.WEBHOOK: lambda: webhook}


def carrier(channel: str) -> Carrier:
    """Who carries a channel's messages out; `ImproperlyConfigured` where no such provider exists."""
    return _CHANNELS.get(Channel(channel), provider)()


def tracking(one: Carrier) -> Tracking | None:
    """The carrier, where it can be asked what became of a message."""
    return cast(Tracking, one) if hasattr(one, "status") else None


def is_repeatable(one: Carrier) -> bool:
    return bool(getattr(one, "REPEATABLE", False))


def deliver(letter: Letter, channel: str, *, unsure: bool) -> Outcome:
    """Send a message; where an earlier try may have succeeded, ask first, and send only what never came."""
    try:
        one = carrier(channel)
    except ImproperlyConfigured as problem:
        return NotDelivered(str(problem))
    try:
        if unsure and not is_repeatable(one):
            known = _known(one, letter)
            if known:
                return known
        return one.send(letter) or Receipt()
    except (NotDelivered, Uncertain) as problem:
        return problem
    except Exception as problem:  # noqa: BLE001 - one message that cannot be sent never stops the others
        log.warning("outgoing %s: %s", letter.uid, type(problem).__name__)
        return Uncertain(type(problem).__name__)


def _known(one: Carrier, letter: Letter) -> Receipt | None:
    """What the carrier has of the message; `Uncertain` where it does not say."""
    able = tracking(one)
    if able is None:
        raise Uncertain("no status query")
    try:
        return able.status(letter)
    except NotDelivered as problem:
        raise Uncertain(str(problem)) from problem


def ask(letter: Letter, channel: str) -> Receipt | None:
    """What became of a message that was sent; None where nothing new is known."""
    try:
        able = tracking(carrier(channel))
        return able.status(letter) if able else None
    except Exception as problem:  # noqa: BLE001 - it is asked again later
        log.warning("receipt of %s: %s", letter.uid, type(problem).__name__)
        return None
