"""The relay: takes what is due out of the outbox and hands it over, at least once.

A message is claimed before it is handed over, by moving the moment at which it is due; a relay that dies leaves it to the
next one, which then does not know how the try ended. After each failure it waits twice as long, and at last it is put
aside for a person to look at. Several are handed over side by side, so that a round ends before its claim does.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import F, QuerySet

from jiahe.kit import clock, parameters
from jiahe.notify import delivery
from jiahe.notify.delivery import Outcome
from jiahe.notify.models import Outgoing, OutgoingState
from jiahe.notify.opening import letter
from jiahe.notify.outbox import may_go
from jiahe.notify.providers import Letter, NotDelivered, Receipt, Uncertain

A_ROUND = 16
AT_ONCE = 8
IN_HAND = timedelta(minutes=2)  # longer than a round lasts where nobody answers
FIRST_WAIT = timedelta(seconds=30)
FIRST_ASKING = timedelta(minutes=2)


def drain() -> int:
    """Hand over what is due, one round; gives how many messages were tried."""
    due = claim(Outgoing.objects.filter(state=OutgoingState.WAITING), attempts=F("attempts") + 1, unsure=True)
    if due:
        with ThreadPoolExecutor(min(AT_ONCE, len(due))) as pool:
            outcomes = pool.map(_carry, due, [_opened(outgoing) for outgoing in due])
            for outgoing, outcome in zip(due, outcomes, strict=True):
                _record(outgoing, outcome)
    return len(due)


def claim(wanted: QuerySet[Outgoing], **marks: object) -> list[Outgoing]:
    """Take a round of due messages, as they were before; two relays never take the same one."""
    now = clock.now()
    due = wanted.filter(next_at__lte=now).order_by("-urgent", "next_at", "pk")
    if not due.exists():  # every second, and mostly so: nobody who writes waits for it
        return []
    with transaction.atomic():
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True)
        taken = list(due[:A_ROUND])
        Outgoing.objects.filter(pk__in=[o.pk for o in taken]).update(next_at=now + IN_HAND, **marks)
    return taken


def _opened(outgoing: Outgoing) -> Letter | NotDelivered:
    try:
        return letter(outgoing)
    except Exception as problem:  # noqa: BLE001 - one message that cannot be read never stops the others
        return NotDelivered(type(problem).__name__)


def _carry(outgoing: Outgoing, opened: Letter | NotDelivered) -> Outcome:
    if isinstance(opened, NotDelivered):
        return opened
    return delivery.deliver(opened, outgoing.channel, unsure=outgoing.unsure)


def _record(outgoing: Outgoing, outcome: Outcome) -> None:
    if isinstance(outcome, Receipt):
        _taken(outgoing, outcome)
    else:
        _failed(outgoing, str(outcome), unsure=isinstance(outcome, Uncertain))


def _taken(outgoing: Outgoing, receipt: Receipt) -> None:
    """Where the provider keeps track of the message, it will be asked what became of it."""
    now = clock.now()
    asks = receipt.number and receipt.delivered is None
    _still_in_hand(outgoing).update(
        state=arrived(receipt),
        sent_at=now,
        facts="",
        unsure=False,
        receipt=receipt.number[:100],
        next_at=now + FIRST_ASKING if asks else None,
        problem=receipt.reason[:200],
    )


def arrived(receipt: Receipt) -> OutgoingState:
    if receipt.delivered is None:
        return OutgoingState.SENT
    return OutgoingState.DELIVERED if receipt.delivered else OutgoingState.FAILED


def _failed(outgoing: Outgoing, problem: str, *, unsure: bool) -> None:
    tried = outgoing.attempts + 1
    last = tried >= parameters.value("outbox_attempts", on=clock.today())
    state = _after_failure(outgoing, unsure=unsure, last=last)
    again = may_go(outgoing.channel, clock.now() + FIRST_WAIT * 2 ** (tried - 1), urgent=outgoing.urgent)
    _still_in_hand(outgoing).update(
        state=state,
        unsure=unsure,
        next_at=again if state == OutgoingState.WAITING else None,
        problem=problem[:200],
    )


def _after_failure(outgoing: Outgoing, *, unsure: bool, last: bool) -> OutgoingState:
    """A doubt that nobody can be asked about is left to a person at once."""
    if unsure:
        one = delivery.carrier(outgoing.channel)
        if not delivery.is_repeatable(one) and (last or delivery.tracking(one) is None):
            return OutgoingState.UNCERTAIN
    return OutgoingState.DEAD if last else OutgoingState.WAITING


def _still_in_hand(outgoing: Outgoing) -> QuerySet[Outgoing]:
    return Outgoing.objects.filter(pk=outgoing.pk, state=OutgoingState.WAITING, attempts=outgoing.attempts + 1)
