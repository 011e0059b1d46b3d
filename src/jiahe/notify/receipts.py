"""What became of messages that were sent, asked of providers that keep track of them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from jiahe.kit import clock
from jiahe.notify import delivery, relay
from jiahe.notify.models import Outgoing, OutgoingState
from jiahe.notify.opening import letter
from jiahe.notify.providers import Receipt

ASKINGS = 6  # the last one after a day and three quarters


def collect() -> int:
    """Ask about those whose time has come, one round; gives how many."""
    due = relay.claim(Outgoing.objects.filter(state=OutgoingState.SENT))
    if due:
        with ThreadPoolExecutor(min(relay.AT_ONCE, len(due))) as pool:
            answers = pool.map(delivery.ask, [letter(o) for o in due], [o.channel for o in due])
            for outgoing, answer in zip(due, answers, strict=True):
                _record(outgoing, answer)
    return len(due)


def _record(outgoing: Outgoing, answer: Receipt | None) -> None:
    """Ask again after four times as long, until it is known or has been asked often enough."""
    receipt = answer or Receipt()
    asked = outgoing.asked + 1
    more = receipt.delivered is None and asked < ASKINGS
    Outgoing.objects.filter(pk=outgoing.pk, state=OutgoingState.SENT, asked=outgoing.asked).update(
        state=relay.arrived(receipt),
        asked=asked,
        next_at=clock.now() + relay.FIRST_ASKING * 4**asked if more else None,
        problem=receipt.reason[:200],
    )
